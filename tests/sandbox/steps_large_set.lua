-- expect: limit:steps
-- why: a set of many members is looked through for every byte
local set = "[" .. ("b"):rep(200000) .. "]"
local text = ("a"):rep(100000)
text:find(set)
