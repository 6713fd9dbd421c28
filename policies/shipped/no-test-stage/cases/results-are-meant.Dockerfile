FROM golang:1.22 AS test
RUN go test -coverprofile=/tmp/coverage.txt ./... && touch /tests-passed
FROM scratch AS coverage
COPY --from=test /tmp/coverage.txt /tests-passed /
