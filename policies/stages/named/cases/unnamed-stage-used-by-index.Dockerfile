# expect: stages/named: stage 0 has no name
FROM golang:1.22
RUN go build -o /app .

FROM scratch
COPY --from=0 /app /app
