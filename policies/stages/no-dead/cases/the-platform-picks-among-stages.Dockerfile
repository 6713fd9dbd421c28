FROM ubuntu:24.04 AS base

FROM base AS linux
FROM base AS windows

FROM ${TARGETOS} AS target
CMD ["true"]
