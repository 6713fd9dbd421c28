-- expect: ok
-- why: what a policy breaks is whole again for the next
assert(("x"):rep(2) == "xx" and table.concat({ 1 }) == "1" and math.max(1, 2) == 2)
string.rep, table.concat, math.max = nil, error, 5
string, table, math, assert, pairs = nil, nil, nil, nil, nil
