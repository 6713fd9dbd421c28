# case: option:tests=qa*
FROM golang:1.22 AS qa-run
WORKDIR /src
COPY . .
RUN go test ./...
RUN go build -o /out/server .

FROM scratch
COPY --from=qa-run /out/server /server
ENTRYPOINT ["/server"]
