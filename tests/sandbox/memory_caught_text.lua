-- expect: limit:memory
-- why: a text that is too long, caught
local ok = pcall(string.rep, "x", 1 << 40)
report(1, "got away")
