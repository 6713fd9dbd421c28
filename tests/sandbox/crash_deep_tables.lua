-- expect: ok
-- why: giving back a table a hundred thousand levels deep
local t = {}
for i = 1, 100000 do t = { t } end
t = nil
for i = 1, 100000 do local x = { i } end
