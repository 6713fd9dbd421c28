# expect: shipped/non-root: runs as root
FROM scratch
COPY app /app
ENTRYPOINT ["/app"]
