return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
for stage in each(build.stages) do local a = stage:contains('native-compiler'):except('gcc') report { when = a, message = 'm' } log(stage:installs('g*').yes, stage:depends_on('build').unknown, stage.workdir.value, stage:env('A').value) end
end }
