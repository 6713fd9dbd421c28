# case: option:digest=true
# expect: stages/pinned-base: 'golang:1.22' has no digest
FROM golang:1.22 AS build

FROM alpine@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
COPY --from=build /app /app
