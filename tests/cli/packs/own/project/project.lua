-- A policy of the command cases about projects: about the project itself, or failing in one of several ways.
return {
  id = "own/project",
  title = "Projects are told",
  severity = "warning",
  scope = "project",
  enabled = false,
  help = [[Why not.]],
  options = { how = { type = "string", default = "tell", help = "what it does" } },
  check = function(project, report, options)
    if options.how == "raise" then
      error("this project is too much")
    elseif options.how == "steps" then
      while true do
      end
    elseif options.how == "findings" then
      while true do
        report { at = project.builds[1].targets[1], message = "again" }
      end
    elseif options.how == "depends" then
      for stage in each(project.targets) do
        report { when = stage:depends_on("base"), at = stage, message = ("%s of %s rests on base"):format(stage, stage.build) }
      end
    else
      report { at = project, message = ("%d builds, %d targets"):format(#project.builds, #project.targets) }
    end
  end,
}
