-- expect: error:denied
-- why: a module by a path
require("../../../etc/passwd")
