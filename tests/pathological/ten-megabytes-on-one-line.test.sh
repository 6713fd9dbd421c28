#!/bin/sh
# A line of 10 MB: BuildKit's reader gives up on it, so the file is refused, quickly and in few words.
. "$(dirname "$0")/lib.sh"
make_judged
{
    printf 'FROM alpine:3.20\nRUN echo '
    head -c 10485760 /dev/zero | tr '\0' x
    printf '\n'
} >Dockerfile
run check .
expect_exit 3
expect "Dockerfile:2:"
expect_judged
if [ "$(wc -c <.out)" -gt 20000 ]; then
    complain "prints $(wc -c <.out) bytes"
fi

# The largest file that BuildKit reads, and one byte more.
{
    printf 'FROM alpine:3.20\n'
    yes '# a comment of thirty-two bytes.' | head -c 16777199
} >Dockerfile
run check --policy 'stages/*' Dockerfile
expect_exit 0
printf x >>Dockerfile
run check Dockerfile
expect_exit 3
expect "16"
finish
