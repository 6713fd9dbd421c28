FROM alpine:3.20
RUN apk add --no-cache icu $([ "$(apk --print-arch)" != 'ppc64le' ] && echo 'nss_wrapper')
