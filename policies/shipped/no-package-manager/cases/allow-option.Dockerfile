# case: option:allow=package-manager:apk
FROM alpine:3.20
