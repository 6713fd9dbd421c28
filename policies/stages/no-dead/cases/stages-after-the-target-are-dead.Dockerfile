# case: target=prod
FROM golang:1.22 AS build
RUN go build -o /app .

FROM scratch AS prod
COPY --from=build /app /app

# expect: stages/no-dead: nothing that is built needs 'debug'
FROM alpine:3.20 AS debug
COPY --from=build /app /app
