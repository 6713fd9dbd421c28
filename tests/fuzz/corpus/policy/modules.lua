return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
local m = require 'names' log(m)
end }
