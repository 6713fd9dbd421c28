-- expect: limit:steps
-- why: a wrong name is compared with all that are about as long
while true do
  pcall(function() return pairz end)
  pcall(function() return strins.x end)
end
