FROM golang:1.22 AS build
WORKDIR /src
COPY . .
# expect: stages/focused: 'go test ./...' runs in each build of the image; give the tests a stage of their own
RUN go test -race ./...
RUN go build -o /out/server .

FROM scratch
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
