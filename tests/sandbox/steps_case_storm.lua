-- expect: limit:steps
-- why: folding a long text to another case, again and again
local text = ("x"):rep(1000000)
while true do local other = text:upper() end
