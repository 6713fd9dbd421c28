-- expect: error:denied
-- why: the names are withheld under every spelling of the access
local env, name = _ENV, "o" .. "s"
local os = env[name]
