FROM golang:1.22
RUN go build -o /app .

FROM scratch
# expect: stages/copy-by-name: --from=0 depends on the order of the stages; name that stage
COPY --from=0 /app /app
