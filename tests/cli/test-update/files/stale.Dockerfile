# syntax=docker/dockerfile:1
# This comment stays.
# expect: acme/tags: something else
FROM alpine:latest AS first
# expect: acme/tags
FROM alpine:3 AS last
COPY \
  # in the middle
  --from=debian:latest \
  /a /b
