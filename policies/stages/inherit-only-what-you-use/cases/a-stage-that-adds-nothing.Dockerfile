FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/server .

# expect: stages/inherit-only-what-you-use: 'artifacts' changes nothing of what it lends; copy that from 'build' instead
FROM build AS artifacts

FROM debian:12-slim
COPY --from=artifacts /out/server /usr/local/bin/server
CMD ["server"]
