# expect: own/tag: something else
FROM alpine:latest
