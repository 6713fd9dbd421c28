-- expect: limit:steps
-- why: back references make a pattern quadratic and worse
local text = ("ab"):rep(5000)
text:find("(.-)(.-)%1%2c")
