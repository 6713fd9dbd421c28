FROM debian:12-slim
# expect: shipped/no-compiler
RUN apt-get update && apt-get install -y build-essential cmake
