FROM debian:12-slim
# expect: shipped/no-package-cache: apt-get update leaves package lists
RUN apt-get update && apt-get install -y curl && apt-get clean
