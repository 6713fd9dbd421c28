FROM golang:1.22 AS stage-tools
FROM golang:1.22 AS stage1-build
FROM golang:1.22 AS tmpfiles

FROM scratch
COPY --from=stage-tools /app /a
COPY --from=stage1-build /app /b
COPY --from=tmpfiles /app /c
