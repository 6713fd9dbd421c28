ARG VERSION=latest
# expect: stages/pinned-base: 'alpine:latest' is whatever is latest today
FROM alpine:$VERSION
