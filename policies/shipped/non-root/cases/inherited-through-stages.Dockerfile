FROM debian:12-slim AS base
USER app

FROM base AS middle
RUN true

FROM middle
CMD ["true"]
