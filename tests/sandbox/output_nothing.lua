-- expect: error
-- why: a finding without anything in it
report()
