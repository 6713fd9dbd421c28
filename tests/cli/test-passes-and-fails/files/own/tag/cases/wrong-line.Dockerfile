FROM alpine:latest
# expect: own/tag
FROM alpine:3
