return { id = 'test/policy', title = 'T', severity = 'error',

check = function(build, report, options)
log(('%5.2f|%-8s|%q|%x'):format(1.5, 'a', 'b', 255), ('a,b'):split(','), (' x '):trim(), ('1.2'):satisfies('>=1 <2'), ('x'):rep(9, '-'), utf8.char(233, 8364), utf8.len('é'))
end }
