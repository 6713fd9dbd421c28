# case: option:allow=c-compiler,cxx-compiler
FROM debian:12-slim
RUN apt-get update && apt-get install -y g++
