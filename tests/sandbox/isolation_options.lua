-- expect: ok
-- why: writing into the options and the build harms nobody else
assert(options.planted == nil and not pcall(function() assert(build.planted == "yes") end))
options.planted, build.planted = true, "yes"
