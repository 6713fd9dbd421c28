-- expect: error:denied
-- why: the way to everything through _G
_G.string.rep = nil
