# expect: shipped/non-root: 'stage 0' runs as root
FROM debian:12-slim
CMD ["sleep", "1"]
