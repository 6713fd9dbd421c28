# expect: own/none
FROM alpine:3
