return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)

end }
