# expect-file: other/slow
FROM alpine:3 AS a
FROM a
