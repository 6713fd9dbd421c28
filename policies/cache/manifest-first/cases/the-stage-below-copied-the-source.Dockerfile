FROM golang:1.22 AS source
WORKDIR /src
COPY . .

FROM source
# expect: cache/manifest-first: copy go.mod and go.sum first, run 'go mod download'
RUN go get -d -v
