-- expect: limit:steps
-- why: going to the last character from the first, again and again
local text = ("é"):rep(400000)
while true do utf8.offset(text, 399999) end
