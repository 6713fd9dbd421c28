-- expect: limit:steps
-- why: raising and catching is cheap in instructions and must be counted
while true do pcall(error, "again") end
