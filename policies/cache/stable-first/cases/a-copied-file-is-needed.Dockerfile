FROM debian:12
COPY build /build
RUN apt-get update && apt-get install -y /build/tool.deb
RUN /build/add-repository.sh
RUN apt-get update && apt-get install -y tool-plugins
