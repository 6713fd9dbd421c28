-- One finding about all files together, at none of them.
return {
  id = "own/project",
  title = "Projects are told",
  severity = "error",
  scope = "project",
  help = [[Why not.]],
  check = function(project, report)
    report { at = project, message = ("%d builds"):format(#project.builds) }
  end,
}
