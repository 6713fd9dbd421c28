# case: arg:TAG=latest target=a
ARG TAG
# expect-file: own/tag
FROM alpine:${TAG} AS a
FROM b:1
