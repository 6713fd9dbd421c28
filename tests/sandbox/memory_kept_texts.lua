-- expect: limit:memory
-- why: texts below the limit of one, but many
local keep, text = {}, ("x"):rep(900000)
for i = 1, 1e9 do keep[i] = text .. i end
