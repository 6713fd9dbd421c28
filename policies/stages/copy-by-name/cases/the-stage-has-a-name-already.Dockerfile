FROM golang:1.22 AS build
RUN go build -o /app .

FROM scratch
COPY --chown=1000:1000 \
     --from=build /app /app
# expect: stages/copy-by-name: use --from=build
COPY --from=0 /app /app2
