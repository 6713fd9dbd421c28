-- expect: limit:steps
-- why: the endless loop is inside a comparison, inside pcall
pcall(table.sort, { 3, 2, 1 }, function() while true do end end)
report(1, "got away")
