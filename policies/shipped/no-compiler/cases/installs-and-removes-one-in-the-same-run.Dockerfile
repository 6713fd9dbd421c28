FROM alpine:3.20
RUN apk add --no-cache --virtual .build gcc musl-dev && \
    gcc -o /app app.c && \
    apk del .build
