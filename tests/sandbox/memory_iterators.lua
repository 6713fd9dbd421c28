-- expect: limit:memory
-- why: walks that were begun and never ended
local keep, t = {}, {}
for i = 1, 1000 do t[i] = i end
while true do keep[#keep + 1] = pairs(t) end
