-- expect: limit:steps
-- why: handlers that raise and call xpcall again
local function handler(message) error(message) end
while true do xpcall(function() xpcall(error, handler) error("x") end, handler) end
