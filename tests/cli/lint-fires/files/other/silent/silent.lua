return { id = "other/silent", title = "x", severity = "error", help = "x", check = function(build, report) log(build) end }
