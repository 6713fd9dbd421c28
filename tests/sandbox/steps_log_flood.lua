-- expect: limit:steps
-- why: notes for the host are not free
while true do log("x") end
