#!/bin/sh
# Nothing to judge is no pass, unless somebody says that it may be so.
. "$(dirname "$0")/lib.sh"
run check .
expect_exit 2
expect "no Dockerfile"
run check --allow-empty .
expect_exit 0
touch Dockerfile.j2 dockerfile.go
run check .
expect_exit 2
expect "skipped 2 files"
run check Dockerfile.j2
expect_exit 3
mkdir -p node_modules/x .git/x
printf 'FROM alpine:latest\n' | tee node_modules/x/Dockerfile >.git/x/Dockerfile
run check .
expect_exit 2
finish
