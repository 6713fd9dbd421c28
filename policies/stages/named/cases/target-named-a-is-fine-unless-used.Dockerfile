FROM alpine:3.20 AS build
RUN touch /app

FROM scratch AS x
COPY --from=build /app /app
