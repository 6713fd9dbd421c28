return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
for c in each(build:calls('apt-get')) do report { at = c, message = 'm', evidence = { { at = c, message = 'e' } }, fix = { title = 't', { delete = c } } } end
end }
