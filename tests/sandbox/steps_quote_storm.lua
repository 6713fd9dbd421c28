-- expect: limit:steps|limit:memory
-- why: quoting a long text that needs escapes everywhere
local text = ("\1"):rep(200000)
while true do local quoted = ("%q"):format(text) end
