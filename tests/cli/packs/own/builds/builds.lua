-- The policy of the command cases about declared builds: it tells every build as it is judged.
return {
  id = "own/builds",
  title = "Builds are told",
  severity = "info",
  enabled = false,
  help = [[Why not.]],
  check = function(build, report)
    for stage in each(build.targets) do
      report {
        at = stage,
        message = ("%s builds %s FROM %s for %s"):format(build.name or "nobody", stage, stage.root.image or "?", build.platform.value or "any platform"),
      }
    end
    for stage in each(build.dead) do
      report { at = stage, message = ("stage %s is dead"):format(stage) }
    end
  end,
}
