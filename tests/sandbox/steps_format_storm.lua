-- expect: limit:steps
-- why: formatting numbers with as many digits as there are
while true do local text = ("%-99.99f%+99.90e%99.99g"):format(-1e308, 1e-308, 1e300) end
