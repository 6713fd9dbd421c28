# expect: own/tag: the tag is latest
FROM alpine:latest
