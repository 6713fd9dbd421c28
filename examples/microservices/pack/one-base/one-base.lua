return {
  id = "shop/one-base",
  title = "All services rest on one distribution",
  severity = "warning",
  scope = "project",
  help = [[
Layers of one distribution are pulled once and patched once: a second one is a second set of advisories to read.

Build the service on an image of the distribution that most services use.
]],
  check = function(project, report)
    local families = group(project.targets, function(stage) return stage.root.image and stage.root.image.distro.value end)
    table.sort(families, function(a, b) return #a > #b end)
    for i = 2, #families do
      for stage in each(families[i]) do
        report {
          at = stage.root,
          message = ("%s rests on %s; most services rest on %s"):format(stage.build, families[i].key, families[1].key),
          evidence = { { at = families[1][1].root, message = ("%s rests on %s"):format(families[1][1].build, families[1].key) } },
        }
      end
    end
  end,
}
