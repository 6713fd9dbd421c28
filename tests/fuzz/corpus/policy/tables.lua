return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
local t = { 3, 1, 2, x = 1 } table.sort(t, function(a, b) return a > b end) table.insert(t, 2, 9) log(table.concat(t, ','), table.remove(t), table.unpack(t)) for k in pairs(t) do log(k) end log(isempty(t), #group(build.stages, 'name'), set({ 'a' }):has('a'))
end }
