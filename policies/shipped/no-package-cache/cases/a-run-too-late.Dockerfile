FROM debian:12-slim
# expect: shipped/no-package-cache: end the same RUN
RUN apt-get update && apt-get install -y curl
RUN rm -rf /var/lib/apt/lists/*
