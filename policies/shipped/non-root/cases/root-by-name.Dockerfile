FROM debian:12-slim
USER app
# expect: shipped/non-root: runs as root
USER root
