return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
for stage in each(build.stages) do report { when = stage.user.root, at = stage, message = ('%s'):format(stage) } for i in each(stage.instructions) do log(i.kind, i.text) end end
end }
