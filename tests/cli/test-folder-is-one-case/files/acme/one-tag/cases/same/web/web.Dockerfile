# expect: acme/one-tag: wrong
FROM alpine:3
