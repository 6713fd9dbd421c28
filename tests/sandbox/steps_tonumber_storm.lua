-- expect: limit:steps
-- why: reading a number from a long text, again and again
local text = ("7"):rep(1000000)
while true do tonumber(text, 10) tonumber(text) end
