FROM alpine:3
# expect: own/tag
