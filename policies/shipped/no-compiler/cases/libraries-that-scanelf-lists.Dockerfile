FROM alpine:3.20
RUN apk add --no-cache --virtual .build gcc musl-dev && \
    gcc -o /app app.c && \
    runDeps="$(scanelf --needed --nobanner --format '%n#p' /app | tr ',' '\n' | sort -u | awk '{ print "so:" $1 }')" && \
    apk add --no-cache $runDeps && \
    apk del --no-network .build
