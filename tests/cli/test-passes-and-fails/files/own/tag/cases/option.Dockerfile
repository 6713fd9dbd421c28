# case: option:allow=latest,edge
FROM alpine:latest
