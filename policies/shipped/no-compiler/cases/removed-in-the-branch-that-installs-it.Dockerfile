FROM alpine:3.20
RUN case "$(apk --print-arch)" in \
        x86_64) apk add --no-cache nginx ;; \
        *) apk add --no-cache --virtual .build gcc musl-dev make && make && apk del .build ;; \
    esac
