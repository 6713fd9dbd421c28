FROM golang:1.22 AS build
RUN go build -o /app .

# expect: stages/no-dead: no target needs this stage (lint)
FROM golangci/golangci-lint:v1.60 AS lint
COPY . .
RUN golangci-lint run

FROM scratch
COPY --from=build /app /app
