return {
  id = "acme/one-tag",
  title = "All images rest on one tag",
  severity = "error",
  scope = "project",
  check = function(project, report)
    local tags = group(project.targets, function(stage) return stage.root.image and stage.root.image.tag end)
    for i = 2, #tags do
      report { at = tags[i][1].root, message = ("%s is not %s"):format(tags[i].key, tags[1].key) }
    end
    report { when = #tags > 1, at = project, message = ("%d tags"):format(#tags) }
  end,
}
