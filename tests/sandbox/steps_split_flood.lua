-- expect: limit:memory|limit:steps
-- why: keeping the parts of many long texts
local keep = {}
for i = 1, 1000 do keep[i] = (","):rep(500000):split(",") end
