FROM debian:12-slim AS base
# expect: shipped/non-root: 'final' runs as root
USER root

FROM base AS middle
RUN true

FROM middle AS final
CMD ["true"]
