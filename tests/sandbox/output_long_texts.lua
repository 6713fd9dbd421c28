-- expect: limit:annotations
-- why: findings whose texts are too much together
for i = 1, 1000 do report(1, ("x"):rep(4000)) end
