return { id = "other/Not_Kebab", title = "x", severity = "error", check = function(build, report) report { at = build, message = "always" } end }
