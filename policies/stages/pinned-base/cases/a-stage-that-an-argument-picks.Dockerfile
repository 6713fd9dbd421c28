# Which stage it is, the platform says; an image it is not.
FROM alpine:3.20 AS base-amd64
FROM alpine:3.20 AS base-arm64

FROM base-${TARGETARCH}
CMD ["true"]
