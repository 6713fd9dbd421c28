-- expect: limit:annotations
-- why: the limit of findings, caught
while true do pcall(report, 1, "x") end
