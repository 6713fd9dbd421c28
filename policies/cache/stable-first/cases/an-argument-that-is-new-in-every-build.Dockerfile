FROM alpine:3.20
ARG VERSION
# expect: cache/stable-first: a new value of GIT_COMMIT or BUILD_DATE runs 'apk add --no-cache git' again, which does not use it; move the ARG below
ARG GIT_COMMIT BUILD_DATE
RUN apk add --no-cache git
LABEL org.opencontainers.image.revision=$GIT_COMMIT org.opencontainers.image.created=$BUILD_DATE
