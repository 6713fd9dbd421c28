-- expect: limit:memory|limit:steps
-- why: messages that grow with every level
local function f(text)
  local ok, message = pcall(error, text .. text)
  return f(message)
end
f("x")
