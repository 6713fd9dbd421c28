-- expect: error
-- why: arithmetic that has no result
assert(not pcall(function() return 1 // 0 end))
assert(not pcall(function() return 1 % 0 end))
assert(math.mininteger // -1 == math.mininteger and math.mininteger % -1 == 0)
assert(tonumber("0x" .. ("f"):rep(100000)) == -1)
assert(not pcall(function() return 1 << 1.5 end))
for i = math.maxinteger - 1, math.maxinteger do end
for i = 1, 10, 0 do end
