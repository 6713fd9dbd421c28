# case: option:allow=apt
FROM debian:12-slim
RUN apt-get update && apt-get install -y curl
# expect: shipped/no-package-cache: npm install
RUN npm install
