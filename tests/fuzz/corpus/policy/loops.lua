return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
while true do pcall(function() while true do end end) end
end }
