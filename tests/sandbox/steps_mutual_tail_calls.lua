-- expect: limit:steps
-- why: two functions that call each other in tail position need no stack
local ping
local function pong() return ping() end
function ping() return pong() end
ping()
