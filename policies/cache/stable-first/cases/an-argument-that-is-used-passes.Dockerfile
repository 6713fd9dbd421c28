FROM alpine:3.20
ARG GIT_COMMIT
RUN wget -O /tool https://example.com/$GIT_COMMIT/tool
RUN apk add --no-cache git
