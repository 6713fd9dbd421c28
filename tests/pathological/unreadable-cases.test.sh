#!/bin/sh
# Cases of a pack that are links, or lie in a folder that cannot be read: the test fails, and shows nothing of elsewhere.
. "$(dirname "$0")/lib.sh"
make_policy first <<'LUA'
  report { at = build.stages[1], message = "seen" }
LUA
mkdir own/first/cases
printf '# expect: own/first\nFROM alpine:3.20\n' >own/first/cases/usual.Dockerfile
run test own
expect_exit 0
expect "1 passed, 0 failed"

ln -s /etc/passwd own/first/cases/link.Dockerfile
run test own
expect_exit 1
expect "link.Dockerfile:1: not read"
refuse "root:"
rm own/first/cases/link.Dockerfile

rm -r own/first/cases
printf 'no folder\n' >own/first/cases
run test own
expect_exit 1
expect "own/first/cases:1: not read: Not a directory"
finish
