-- expect: limit:steps|ok
-- why: a glob of stars against a long text, again and again
local text, glob = ("a"):rep(200000), ("*a"):rep(50) .. "b"
for i = 1, 10000 do text:is(glob) end
