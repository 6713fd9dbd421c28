-- One finding a target: "yes", "no" or "unknown", whether the catalogue has its base, and why.
local function answered(answer)
  return answer.yes and "yes" or answer.no and "no" or "unknown"
end

local function is_catalogued(edge)
  if not edge.image then
    return edge.from_kind == "scratch"
  end
  local alone = edge.image:contains("native-compiler")
  for step in each(alone.evidence) do
    if step.message:find("catalogue of images", 1, true) or step.message:find("nobody gave", 1, true) then
      return false
    end
  end
  return true
end

return {
  id = "survey/native-compiler",
  title = "Does what ships contain a native compiler?",
  severity = "info",
  help = "Asked of every target of the corpus.",
  check = function(build, report)
    for stage in each(build.targets) do
      local answer = stage:contains("native-compiler")
      local steps = {}
      for step in each(answer.evidence) do
        steps[#steps + 1] = step.message
      end
      report {
        at = stage,
        message = ("%s; base %s %s; %s"):format(answered(answer), stage.root,
          is_catalogued(stage.root) and "known" or "not known", table.concat(steps, ". ")),
      }
    end
  end,
}
