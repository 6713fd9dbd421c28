FROM golang:1.22 AS base
RUN apt-get update && apt-get install -y libpcap-dev

FROM base AS source
WORKDIR /src
COPY . .

FROM source AS build
RUN go build -o /out/server .

FROM debian:12-slim
COPY --from=source /src/web /srv/web
COPY --from=build /out/server /usr/local/bin/server
CMD ["server"]
