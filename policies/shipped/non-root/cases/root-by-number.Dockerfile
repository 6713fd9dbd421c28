FROM debian:12-slim
# expect: shipped/non-root: runs as root
USER 0:0
