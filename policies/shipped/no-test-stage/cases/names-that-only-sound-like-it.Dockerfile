FROM golang:1.22 AS golatest
RUN go build -o /out/app .
FROM golang:1.22 AS gotestsum
RUN go install gotest.tools/gotestsum@v1.12.0
FROM debian:12-slim
COPY --from=golatest /out/app /app
COPY --from=gotestsum /go/bin/gotestsum /usr/bin/
