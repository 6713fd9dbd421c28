return { id = "acme/names", title = "x", severity = "error", check = function() end }
