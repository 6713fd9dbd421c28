ARG GIT_COMMIT
FROM alpine:3.20
LABEL org.opencontainers.image.revision=${GIT_COMMIT}
RUN apk add --no-cache git
