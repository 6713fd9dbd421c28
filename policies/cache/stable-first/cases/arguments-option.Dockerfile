# case: option:arguments=RELEASE_*
FROM alpine:3.20
ARG GIT_COMMIT
# expect: cache/stable-first: a new value of RELEASE_ID runs 'apk add git' again
ARG RELEASE_ID
RUN apk add git
