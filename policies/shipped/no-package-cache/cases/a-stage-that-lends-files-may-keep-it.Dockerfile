FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y gcc
FROM scratch
COPY --from=build /app /app
