FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends make
FROM debian:12-slim
COPY --from=build /app /app
CMD ["/app"]
