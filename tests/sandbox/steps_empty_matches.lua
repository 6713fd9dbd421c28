-- expect: limit:steps|limit:memory
-- why: a pattern that matches nothing, everywhere
local text = ("x"):rep(1000000)
while true do text:gsub("", "") end
