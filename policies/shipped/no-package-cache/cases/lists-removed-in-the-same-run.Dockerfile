FROM debian:12-slim
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
RUN apt-get update; apt-get install -y git; apt-get dist-clean
RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y jq
