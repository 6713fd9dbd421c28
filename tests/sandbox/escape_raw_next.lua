-- expect: ok
-- why: what pairs gives is bound to its table and is not next
local step = pairs({ a = 1 })
local key = step({ b = 2 }, nil)
assert(key == "a")
local again = step({ c = 3 }, "a")
assert(again == nil)
