#!/bin/sh
# A thousand findings on one instruction of eight megabytes: its text is digested once, not a thousand times.
. "$(dirname "$0")/lib.sh"

{
    printf 'FROM alpine:3.20\nRUN true'
    comment=$(printf '%1000s' '' | tr ' ' y)
    awk -v comment="$comment" 'BEGIN { for (i = 0; i < 8000; i++) print " \\\n# " comment; print "&& true" }'
} >Dockerfile
make_policy many <<'LUA'
  for i = 1, 990 do report { at = build:all("RUN")[1], message = "finding " .. i } end
LUA

limited=$stagepolicy
stagepolicy=timeout
run 30 "$limited" check --pack own --policy own/many Dockerfile
expect_exit 0
expect "990 warnings"

finish
