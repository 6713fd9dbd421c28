FROM alpine:3.20
COPY src /srv
# expect: cache/stable-first: 'apk add --no-cache curl' runs again
RUN apk add --no-cache curl
RUN apk add --no-cache jq
RUN pip install gunicorn
