FROM registry.example.com/build-base:3
WORKDIR /src
COPY . .
# expect: stages/focused: 'go build .' runs in a stage that ships
RUN go build -o=/usr/local/bin/server .
CMD ["server"]
