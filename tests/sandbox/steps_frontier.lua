-- expect: limit:steps
-- why: a frontier looks at two bytes and a whole set at every place
local pattern = "%f[" .. ("bc"):rep(100000) .. "]"
for i = 1, 1000 do (("a"):rep(1000)):find(pattern) end
