FROM debian:12-slim
# expect: shipped/no-build-tool: what ships contains make
RUN apt-get update && apt-get install -y --no-install-recommends make curl
CMD ["curl"]
