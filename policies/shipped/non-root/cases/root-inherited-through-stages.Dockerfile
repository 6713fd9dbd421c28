FROM debian:12-slim AS base
# expect: shipped/non-root: what ships runs as root (final)
USER root

FROM base AS middle
RUN true

FROM middle AS final
CMD ["true"]
