FROM debian:12-slim AS base
# expect: shipped/no-package-cache: apt update leaves package lists
RUN apt update && apt install -y curl
FROM base
CMD ["curl"]
