FROM debian:12-slim
ARG RUNTIME_USER
# expect: shipped/non-root: cannot tell
USER $RUNTIME_USER
