# expect: stages/named: the stage name 'a' says nothing
FROM golang:1.22 AS a
# expect: stages/named: the stage name 'stage1' says nothing
FROM golang:1.22 AS stage1
# expect: stages/named: the stage name 'tmp' says nothing
FROM golang:1.22 AS tmp
# expect: stages/named: the stage name 'stage-2' says nothing
FROM golang:1.22 AS Stage-2

FROM scratch
COPY --from=a /app /a
COPY --from=stage1 /app /b
COPY --from=tmp /app /c
COPY --from=stage-2 /app /d
