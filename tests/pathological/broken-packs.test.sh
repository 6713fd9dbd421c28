#!/bin/sh
# Packs that do not load: the message has file and line, and the other policies still judge.
. "$(dirname "$0")/lib.sh"
make_judged
make_policy broken <<'LUA'
  this is not Lua
LUA
run check --pack own judged
expect_exit 4
expect "broken.lua:2:"
expect "the other policy judged"
expect_judged

printf 'return 5\n' >own/broken/broken.lua
run check --pack own judged
expect_exit 4
expect "broken.lua"
expect "the other policy judged"

cat >own/broken/broken.lua <<'LUA'
return { id = "own/broken", title = "T", severity = "error", scope = "projct", check = function(project, report) end }
LUA
run check --pack own judged
expect_exit 4
expect "broken.lua"
expect "scope must be"
expect "the other policy judged"

printf 'name: [own\n' >own/pack.yaml
run check --pack own judged
expect_exit 2
expect "own/pack.yaml:"

rm own/pack.yaml
run check --pack own judged
expect_exit 2
expect "pack.yaml"

run check --pack missing judged
expect_exit 2
expect "missing"

printf 'policies: {stages/named: {severty: error}}\n' >config.yaml
run check --config config.yaml judged
expect_exit 2
expect "config.yaml:1:"
expect "severity"

run check --config missing.yaml judged
expect_exit 2
expect "missing.yaml"
finish
