#!/bin/sh
# Policies that loop, allocate, raise, return nonsense or reach for the machine fail alone, each with its place.
. "$(dirname "$0")/lib.sh"
make_judged

# try NAME KIND TEXT : a policy whose check is on standard input must fail with that kind and text.
try() {
    rm -rf own
    make_policy "$1"
    run check --pack own --report json=report.json judged
    expect_exit 4
    expect "$1.lua"
    expect "$3"
    expect "the other policy judged"
    expect_judged
    grep -qF "\"kind\": \"$2\"" report.json || complain "the kind is not $2: $(grep -o '"kind": "[^"]*"' report.json)"
}

try loops limit:steps "2" <<'LUA'
  while true do end
LUA
try swallows limit:steps "2" <<'LUA'
  while true do pcall(function() while true do end end) end
LUA
try allocates limit:memory "2" <<'LUA'
  local t = {} for i = 1, 1e9 do t[i] = { tostring(i) } end
LUA
try asks limit:steps "2" <<'LUA'
  for i = 1, 1e9 do local answer = build.stages[1]:installs("package-" .. i .. "*") end
LUA
try raises error "raised on purpose" <<'LUA'
  error("raised on purpose")
LUA
try nonsense invalid "message" <<'LUA'
  report { at = build.stages[1], message = 5 }
LUA
try system denied "os" <<'LUA'
  os.execute("touch /tmp/reached")
LUA
try files denied "io" <<'LUA'
  io.open("/etc/passwd")
LUA
try modules denied "require" <<'LUA'
  require("os")
LUA
try loading denied "load" <<'LUA'
  load("return 1")()
LUA
finish
