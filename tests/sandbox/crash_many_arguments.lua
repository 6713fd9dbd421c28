-- expect: ok
-- why: as many arguments as a call takes
local list = {}
for i = 1, 4000 do list[i] = "%d" end
local numbers = {}
for i = 1, 4000 do numbers[i] = i end
assert(#string.format(table.concat(list), table.unpack(numbers)) > 4000)
assert(select("#", table.unpack(numbers)) == 4000 and #string.char(table.unpack(numbers, 1, 255)) == 255)
