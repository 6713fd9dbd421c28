return {
  id = "p/bad",
  title = "Raises",
  severity = "error",
  help = "None.",
  check = function(build, report)
    error("no")
  end,
}
