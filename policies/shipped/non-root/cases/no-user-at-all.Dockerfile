# expect: shipped/non-root: what ships runs as root (stage 0)
FROM debian:12-slim
CMD ["sleep", "1"]
