-- expect: ok
-- why: to be refused is no failure when the policy copes
local ok, message = pcall(function() return io.open("x") end)
assert(not ok and message:find("not available to policies", 1, true))
