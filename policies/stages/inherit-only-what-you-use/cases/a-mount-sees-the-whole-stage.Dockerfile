FROM alpine:3.20 AS tools
RUN apk add --no-cache jq

FROM tools AS scripts
COPY scripts /scripts

FROM alpine:3.20
RUN --mount=from=scripts,target=/tools /tools/scripts/prepare.sh
