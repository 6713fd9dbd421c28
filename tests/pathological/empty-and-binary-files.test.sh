#!/bin/sh
# Files with nothing in them, with anything in them, without FROM, with a heredoc that never ends: refused, and said.
. "$(dirname "$0")/lib.sh"
make_judged
: >Dockerfile.empty
printf '# only a comment\n' >Dockerfile.comment
printf 'RUN true\n' >Dockerfile.nofrom
printf 'FROM alpine:3.20\nRUN <<END\necho never ends\n' >Dockerfile.heredoc
head -c 65536 "$stagepolicy" >Dockerfile.binary

run check .
expect_exit 3
for name in empty comment nofrom heredoc binary; do
    expect "Dockerfile.$name:"
done
expect "END"
expect_judged
if LC_ALL=C tr -d '\n\t' <.out | LC_ALL=C grep -q '[[:cntrl:]]'; then
    complain "a control character of a file reached the terminal"
fi

for name in empty comment nofrom heredoc binary; do
    run check --format json "Dockerfile.$name"
    expect_exit 3
    expect '"fatal": true'
done
finish
