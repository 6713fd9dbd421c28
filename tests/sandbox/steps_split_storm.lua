-- expect: limit:steps|limit:memory
-- why: splitting a long text again and again
local text = ("a,"):rep(20000)
while true do local parts = text:split(",") end
