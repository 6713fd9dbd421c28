# expect: shipped/no-compiler: what ships contains c-compiler
FROM golang:1.22
RUN go install golang.org/x/tools/cmd/stringer@v0.20.0
