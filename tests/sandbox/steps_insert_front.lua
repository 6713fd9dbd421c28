-- expect: limit:steps
-- why: every insertion moves the whole list
local list = {}
while true do table.insert(list, 1, 0) end
