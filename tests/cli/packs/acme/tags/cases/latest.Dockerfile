# expect: acme/tags: latest
FROM alpine:latest
