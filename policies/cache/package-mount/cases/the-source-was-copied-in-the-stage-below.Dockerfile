FROM golang:1.22 AS source
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .

FROM source AS build
# expect: cache/package-mount: 'go build -o /out/server .' compiles all packages again
RUN go build -o /out/server .

FROM scratch
COPY --from=build /out/server /server
