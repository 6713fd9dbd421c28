FROM debian:12
COPY apt /etc/apt/sources.list.d
COPY rootfs /
RUN apt-get update && apt-get install -y tool
