-- expect: limit:steps
-- why: a loop whose end never comes
repeat local x = 1 until false
