FROM golang:1.22 AS build
FROM alpine@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa AS certificates
FROM registry.example:5000/base:1.0 AS base

FROM scratch
COPY --from=build /app /app
COPY --from=certificates /etc/ssl /etc/ssl
COPY --from=base /x /x
