-- expect: error:denied
-- why: the metatable behind the globals
getmetatable(_ENV).__index = nil
