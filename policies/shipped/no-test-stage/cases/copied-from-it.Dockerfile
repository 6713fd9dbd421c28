FROM golang:1.22 AS unit-tests
RUN go test ./... && go build -o /out/app .
FROM scratch
# expect: shipped/no-test-stage: takes files from the test stage 'unit-tests'
COPY --from=unit-tests /out/app /app
CMD ["/app"]
