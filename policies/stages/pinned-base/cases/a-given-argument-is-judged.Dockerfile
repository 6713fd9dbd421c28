# case: arg:VERSION=3.20
ARG VERSION=latest
FROM alpine:$VERSION
