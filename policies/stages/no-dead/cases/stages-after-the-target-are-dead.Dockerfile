# case: target=prod
FROM golang:1.22 AS build
RUN go build -o /app .

FROM scratch AS prod
COPY --from=build /app /app

# expect: stages/no-dead: no target needs this stage (debug)
FROM alpine:3.20 AS debug
COPY --from=build /app /app
