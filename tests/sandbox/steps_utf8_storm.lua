-- expect: limit:steps
-- why: counting the characters of a long text, again and again
local text = ("é"):rep(400000)
while true do utf8.len(text) end
