-- expect: error
-- why: bytecode of the policy's own functions, by way of a text's methods
local code = ("x"):dump()
