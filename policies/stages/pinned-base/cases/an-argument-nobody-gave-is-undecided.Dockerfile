ARG VERSION
# expect: stages/pinned-base: cannot tell
FROM alpine:$VERSION
