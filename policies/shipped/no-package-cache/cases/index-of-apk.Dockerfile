FROM alpine:3.20
# expect: shipped/no-package-cache: apk add leaves package indexes
RUN apk add curl && apk add jq
RUN apk add --no-cache git
