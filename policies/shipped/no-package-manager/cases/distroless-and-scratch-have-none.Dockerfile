FROM debian:12 AS build
RUN apt-get update
FROM gcr.io/distroless/static-debian12
COPY --from=build /app /app
CMD ["/app"]
