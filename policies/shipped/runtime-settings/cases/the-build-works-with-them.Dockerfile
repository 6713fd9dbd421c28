FROM golang:1.22 AS build
ENV CGO_ENABLED=0 GOFLAGS=-trimpath
USER nobody
RUN go build -o /app .
ENV OUT=/out
WORKDIR $OUT
FROM scratch
COPY --from=build /app /app
CMD ["/app"]
