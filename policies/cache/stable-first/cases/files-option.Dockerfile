# case: option:files=*.ex
FROM alpine:3.20
COPY lib.py main.ex /srv/
# expect: cache/stable-first: 'apk add git' runs again
RUN apk add git
