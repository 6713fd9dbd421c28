-- expect: limit:steps|limit:memory
-- why: an ordered walk sorts all keys before its first step
local t = {}
for i = 1, 30000 do t["k" .. (i * 7919) % 30011] = i end
while true do for key in pairs(t) do break end end
