# expect: shipped/no-compiler: stage 0 has no CMD or ENTRYPOINT, so it may be an image to build on
FROM golang:1.22
RUN go install golang.org/x/tools/cmd/stringer@v0.20.0
