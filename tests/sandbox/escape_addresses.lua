-- expect: ok
-- why: no text of a value holds an address
local seen = { {}, function() end, pairs, ("x"):gmatch("."), string }
for _, value in ipairs(seen) do
  assert(not tostring(value):find("0x") and not ("%s"):format(value):find("0x"))
  local _, message = pcall(function() return value + value end)
  assert(not message:find("0x"))
end
