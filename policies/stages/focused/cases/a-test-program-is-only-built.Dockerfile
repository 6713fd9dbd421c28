FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go test -c -o /out/integration ./integration

FROM scratch
COPY --from=build /out/integration /integration
ENTRYPOINT ["/integration"]
