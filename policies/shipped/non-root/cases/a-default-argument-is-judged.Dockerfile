FROM debian:12-slim
ARG RUNTIME_USER=root
# expect: shipped/non-root: runs as root
USER $RUNTIME_USER
