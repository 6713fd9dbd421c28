-- expect: ok
-- why: an iterator that is used after its text is gone
local step
do
  local text = ("ab"):rep(1000)
  step = text:gmatch("a(b)")
end
for i = 1, 20000 do local x = { i } end
local count = 0
while step() do count = count + 1 end
assert(count == 1000 and step() == nil)
