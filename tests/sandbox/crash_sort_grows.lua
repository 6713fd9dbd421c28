-- expect: ok|error
-- why: a comparison that makes the list longer
local t = { 5, 4, 3, 2, 1 }
table.sort(t, function(a, b)
  for i = 1, 100 do t[#t + 1] = i end
  return a < b
end)
