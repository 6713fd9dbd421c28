-- expect: limit:steps
-- why: the message handler of xpcall is the one that does not end
while true do
  xpcall(error, function() while true do end end)
end
