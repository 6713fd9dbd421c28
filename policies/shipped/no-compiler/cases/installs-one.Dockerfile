FROM debian:12-slim
# expect: shipped/no-compiler: c-compiler
RUN apt-get update && apt-get install -y --no-install-recommends gcc
CMD ["/app"]
