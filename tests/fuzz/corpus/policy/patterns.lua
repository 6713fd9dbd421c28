return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
local s = ('ab1 '):rep(50) for a, b in s:gmatch('(%a+)(%d?)()') do log(a, b) end s:gsub('%b()', '%0') s:find('%f[%w]%w-%s$') log(s:match('^(.-)%1'))
end }
