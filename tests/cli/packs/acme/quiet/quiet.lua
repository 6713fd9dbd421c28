return {
  id = "acme/quiet",
  title = "Nothing is wrong",
  severity = "error",
  check = function(build, report)
    report { when = #build.stages > 9, at = build, message = "ten stages" }
  end,
}
