FROM golang:1.22 AS base
RUN go mod download

# expect: stages/no-dead: 3 stages are for no target (lint, test, docs); name those you build with --target
FROM base AS lint
RUN go vet ./...

FROM base AS test
RUN go test ./...

FROM base AS docs
RUN go doc .

FROM base AS build
RUN go build -o /app .
