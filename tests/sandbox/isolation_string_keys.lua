-- expect: ok
-- why: new names in the library of texts are gone for the next
assert(string.planted == nil)
string.planted = function() return "planted" end
assert(("x"):planted() == "planted")
