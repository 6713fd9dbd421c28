-- expect: error
-- why: levels that no frame has
pcall(error, "x", math.mininteger)
pcall(error, "x", 1 << 33)
error("x", math.maxinteger)
