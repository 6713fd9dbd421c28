# expect: shipped/non-root: cannot tell
FROM debian:12-slim
RUN apt-get update && apt-get install -y make
