FROM debian:12
# expect: shipped/no-compiler: has all that a build agent has, so it may be one
RUN apt-get update && apt-get install -y --no-install-recommends build-essential git docker.io
COPY wrapper.sh /usr/local/bin/
ENTRYPOINT ["wrapper.sh"]
