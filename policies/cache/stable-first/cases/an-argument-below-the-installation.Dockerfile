FROM alpine:3.20
RUN apk add --no-cache git
ARG GIT_COMMIT
RUN echo $GIT_COMMIT > /version
