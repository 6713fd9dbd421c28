FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends gosu
COPY docker-entrypoint.sh /usr/local/bin/
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["server"]
