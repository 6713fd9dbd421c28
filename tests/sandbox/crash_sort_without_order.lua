-- expect: ok
-- why: values that are neither less nor equal
local t = {}
for i = 1, 300 do t[i] = i % 3 == 0 and 0 / 0 or -i end
table.sort(t)
table.sort(t, function() return 0 / 0 end)
