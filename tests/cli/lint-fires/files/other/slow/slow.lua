return {
  id = "other/slow", title = "x", severity = "error", help = "x",
  check = function(build, report)
    local n = 0
    for i = 1, 200000 do n = n + i end
    report { when = #build.stages > 1, at = build, message = "two" }
  end,
}
