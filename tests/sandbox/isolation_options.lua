-- expect: ok
-- why: writing into the options harms nobody else
assert(options.planted == nil and build.planted_by_test == nil)
options.planted = true
