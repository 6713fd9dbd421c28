#!/bin/sh
# 100,000 instructions, 10,000 stages, deep chains: judged like any other file.
. "$(dirname "$0")/lib.sh"
{
    echo 'FROM alpine:3.20'
    awk 'BEGIN { for (i = 0; i < 100000; i++) print "RUN echo " i }'
    echo 'USER 1000'
} >Dockerfile.instructions
run check Dockerfile.instructions
expect_exit 0

{
    echo 'FROM alpine:3.20 AS link-x0'
    awk 'BEGIN { for (i = 1; i < 10000; i++) print "FROM link-x" i - 1 " AS link-x" i "\nRUN echo " i }'
    echo 'USER 1000'
} >Dockerfile.chain
run check Dockerfile.chain
expect_exit 0

{
    awk 'BEGIN { for (i = 0; i < 10000; i++) print "FROM alpine:3.20 AS leaf-x" i }'
    echo 'FROM alpine:3.20'
    awk 'BEGIN { for (i = 0; i < 10000; i++) print "COPY --from=leaf-x" i " /a /b" i }'
    echo 'USER 1000'
} >Dockerfile.copies
run check Dockerfile.copies
expect_exit 0

{
    echo 'FROM alpine:3.20'
    printf 'ENV A=x\n'
    awk 'BEGIN { for (i = 0; i < 60; i++) print "ENV A=$A$A" }'
    echo 'USER 1000'
} >Dockerfile.doubling
run check Dockerfile.doubling
[ "$code" -le 3 ] || complain "exit code $code"

awk 'BEGIN { printf "FROM "; for (i = 0; i < 20000; i++) printf "${a:-"; for (i = 0; i < 20000; i++) printf "}"; print "" }' \
    >Dockerfile.nested
run check Dockerfile.nested
[ "$code" -le 3 ] || complain "exit code $code"
finish
