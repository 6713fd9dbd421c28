# expect: shipped/no-compiler: final ← build ← golang:1.22-alpine
FROM golang:1.22-alpine AS build
RUN go build -o /app .

FROM build AS final
CMD ["/app"]
