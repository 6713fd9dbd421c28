# case: option:tools=pkg-config
FROM debian:12-slim
# expect: shipped/no-build-tool: what ships contains pkg-config
RUN apt-get update && apt-get install -y --no-install-recommends make pkg-config
