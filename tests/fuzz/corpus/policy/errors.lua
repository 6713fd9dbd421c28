return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
pcall(error, {}) local ok, m = xpcall(function() local x = nil + 1 end, function(e) return e .. '!' end) log(ok, m) error(m, 0)
end }
