-- expect: limit:memory|limit:steps
-- why: each replacement doubles the text
local text = "x"
while true do text = text:gsub(".", "%0%0") end
