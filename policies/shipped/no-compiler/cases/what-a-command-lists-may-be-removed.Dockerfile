FROM debian:12-slim
# expect: shipped/no-compiler: cannot tell
RUN apt-get update && dpkg -l > /before && apt-get install -y gcc && gcc -o /app app.c && dpkg -l > /after && \
    apt-get purge -y $(diff /before /after | awk '/^>/ { print $3 }')
CMD ["/app"]
