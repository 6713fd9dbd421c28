-- expect: error:denied
-- why: a module name with a NUL
require("string\0.lua")
