-- expect: limit:steps
-- why: a plain search that almost matches, from every start
local text, part = ("ab"):rep(200000), ("ab"):rep(1000) .. "c"
for start = 1, #text do text:find(part, start, true) end
