#!/bin/sh
# A report file is written whole or not at all, and a report that did not arrive is never a pass.
. "$(dirname "$0")/lib.sh"
printf 'FROM alpine:3.20\nUSER 1000\n' >Dockerfile

run check --report json=report.json Dockerfile
expect_exit 0
tail -c 2 report.json | grep -q '}' || complain "report.json is cut"

run check --report json=/dev/full --report text=second.txt Dockerfile
expect_exit 2
expect "/dev/full"
expect "No space left on device"
[ -s second.txt ] || complain "the other report is missing"
[ -c /dev/full ] || complain "/dev/full was replaced"

run check --report json=missing/report.json Dockerfile
expect_exit 2
expect "missing/report.json"

run check --report json=. Dockerfile
expect_exit 2

for report in json json= xml=file '=file'; do
    run check --report "$report" Dockerfile
    expect_exit 2
    expect "--report"
done
run check --report json=same --report text=same Dockerfile
expect_exit 2

command_line="stagepolicy check >/dev/full"
code=0
"$stagepolicy" check Dockerfile >/dev/full 2>.err || code=$?
expect_exit 2
expect "standard output"

command_line="stagepolicy check >&-"
code=0
"$stagepolicy" check Dockerfile 2>.err >&- || code=$?
expect_exit 2

# A full disk leaves the old report.
if [ "$(id -u)" = 0 ] && mkdir small && mount -t tmpfs -o size=64k none small 2>/dev/null; then
    echo old >small/report.json
    head -c 100000 /dev/zero >small/filler 2>/dev/null
    run check --report json=small/report.json Dockerfile
    expect_exit 2
    expect "No space left on device"
    [ "$(cat small/report.json)" = old ] || complain "the old report is lost"
    [ "$(ls -A small | wc -l)" = 2 ] || complain "a temporary file was left"
    umount small
fi
[ -z "$(find . -name '.stagepolicy-*')" ] || complain "a temporary file was left"
finish
