-- The policy of the command cases about .dockerignore.
return {
  id = "own/context",
  title = "What is copied is in the build context",
  severity = "warning",
  enabled = false,
  help = [[Why not.]],
  check = function(build, report)
    local ignore = build.ignore
    for copy in each(build:all("COPY", "ADD")) do
      for source in each(copy.sources) do
        report { when = ignore:excludes(source), at = source, message = "'" .. tostring(source) .. "' is left out of the context" }
      end
    end
  end,
}
