-- expect: ok|error
-- why: a replacement function that searches the same text with the same pattern
local text = ("ab"):rep(50)
local function inner(match) return (text:gsub(match, "%0%0")) end
text:gsub("a(b)", inner)
