-- expect: limit:steps
-- why: a generic for over an iterator of the policy's own that never ends
for value in function() return 1 end do local x = value end
