return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
local t = {} while true do t[#t + 1] = { 'x' .. #t } end
end }
