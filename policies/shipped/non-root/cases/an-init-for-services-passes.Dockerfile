FROM debian:12-slim
COPY rootfs /
ENTRYPOINT ["/init"]
