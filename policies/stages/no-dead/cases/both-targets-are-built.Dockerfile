# case: target=debug target=prod
FROM golang:1.22 AS build
RUN go build -o /app .

FROM alpine:3.20 AS debug
COPY --from=build /app /app

FROM scratch AS prod
COPY --from=build /app /app
