return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
for image in each(build.images) do report { when = image:is('*:1.2?'), unless = nil, at = image, message = 'x' .. tostring(image) } end
end }
