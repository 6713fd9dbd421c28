FROM golang:1.22 AS build

FROM debian:12-slim
# expect: shipped/no-compiler: go-toolchain
COPY --from=build /usr/local/go /usr/local/go
CMD ["/app"]
