return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
os.exit(0)
end }
