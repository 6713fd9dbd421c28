-- expect: limit:steps
-- why: the endless loop is inside a replacement function, inside pcall
pcall(string.gsub, "abc", ".", function() while true do end end)
report(1, "got away")
