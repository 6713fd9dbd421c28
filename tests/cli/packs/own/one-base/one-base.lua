-- A policy of the command cases about projects: the targets of all builds rest on one image.
return {
  id = "own/one-base",
  title = "All services rest on one image",
  severity = "warning",
  scope = "project",
  enabled = false,
  help = [[Why not.]],
  check = function(project, report)
    local first = project.targets[1]
    for stage in each(project.targets) do
      if tostring(stage.root.image) ~= tostring(first.root.image) then
        report {
          at = stage.root,
          message = ("%s rests on %s, and %s on %s"):format(stage.build, stage.root.image, first.build, first.root.image),
          evidence = { { at = first.root, message = "the first service rests on it" } },
        }
      end
    end
  end,
}
