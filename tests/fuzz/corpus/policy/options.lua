return { id = 'test/policy', title = 'T', severity = 'error',
options = { allow = { type = 'list', of = 'pattern', default = { 'a*' }, help = 'h' }, n = { type = 'map', of = 'integer', default = { a = 1 }, help = 'h' }, m = { type = 'enum', choices = { 'x' }, default = 'x', help = 'h' } },
check = function(build, report, options)
for k, v in pairs(options) do log(k, v) end
end }
