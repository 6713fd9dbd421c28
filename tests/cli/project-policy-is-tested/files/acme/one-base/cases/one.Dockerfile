# case: target=web target=api
FROM debian:12 AS web
# expect: acme/one-base: rests on alpine:3.20
FROM alpine:3.20 AS api
