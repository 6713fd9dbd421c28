-- expect: limit:steps
-- why: keys that pairs passes over are still looked at
local t = {}
for i = 1, 20000 do t[{}] = true end
while true do isempty(t) end
