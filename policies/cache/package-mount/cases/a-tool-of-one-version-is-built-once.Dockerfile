FROM golang:1.22 AS tools
COPY config /config
RUN go install example.com/tool@v1.2.3
RUN go build -a -o /out/all ./...

FROM scratch
COPY --from=tools /go/bin/tool /tool
