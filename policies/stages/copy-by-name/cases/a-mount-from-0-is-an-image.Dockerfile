FROM alpine:3.20
RUN --mount=from=0,target=/x true
