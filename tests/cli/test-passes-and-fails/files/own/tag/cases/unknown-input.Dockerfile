# case: color=red
FROM alpine:3
