FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends make && make && apt-get purge -y --auto-remove make
CMD ["app"]
