-- expect: limit:steps
-- why: every question is a new one, so none is answered from memory
local n = 0
while true do
  n = n + 1
  build.stages[1]:installs("package-" .. n .. "*")
end
