FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# expect: cache/package-mount: 'go build -o /out/server .' compiles all packages again whenever it runs; add --mount=type=cache,target=/root/.cache/go-build to the RUN
RUN go build -o /out/server .

FROM scratch
COPY --from=build /out/server /server
