-- The policy of the command cases about what is in the build context.
local function word(answer)
  return answer.yes and "yes" or answer.no and "no" or "unknown"
end

local function evidence(answer)
  local steps = {}
  for step in each(answer.evidence) do
    steps[#steps + 1] = step.message .. " (" .. (step.source or "line " .. step.at.line) .. ")"
  end
  return table.concat(steps, "; ")
end

return {
  id = "own/sources",
  title = "What the context knows of a source is said",
  severity = "info",
  enabled = false,
  help = [[Why not.]],
  check = function(build, report)
    for copy in each(build:all("COPY", "ADD")) do
      for source in each(copy.sources) do
        report {
          at = source,
          message = ("%s exists %s, excluded %s, size %s: %s; %s"):format(source.text, word(source.exists),
            word(source.excluded), tostring(source.size), evidence(source.exists), evidence(source.excluded)),
        }
      end
    end
  end,
}
