# expect: shipped/no-compiler: go-toolchain
FROM golang:1.22
RUN go build -o /app .
CMD ["/app"]
