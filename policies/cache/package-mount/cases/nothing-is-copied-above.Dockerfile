FROM golang:1.22 AS tools
RUN git clone --depth 1 --branch v1.2.3 https://example.com/tool.git /src && cd /src && go build -o /tool .

FROM scratch
COPY --from=tools /tool /tool
