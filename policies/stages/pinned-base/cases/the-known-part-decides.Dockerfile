ARG REGISTRY
ARG MINOR
FROM python:3.$MINOR AS tools
FROM $REGISTRY/base:1.0
COPY --from=tools /usr/local /usr/local
