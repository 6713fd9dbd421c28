-- Says every answer as a finding, for a program to read: words with a blank between, in which other characters than
-- letters, digits and a few signs are written as %XX.
local function plain(text)
  return (text:gsub("[^%w%-%./:_+]", function(byte) return ("%%%02X"):format(byte:byte()) end))
end

local function word(answer)
  return answer.yes and "yes" or answer.no and "no" or "unknown"
end

local function joined(list, field)
  local parts = {}
  for i, item in ipairs(list) do
    parts[i] = plain((field and item[field] or item) or "")
  end
  return table.concat(parts, ",")
end

-- What a setting is: its state and value; of CMD and the like also the form and the words.
local function told(setting)
  local value = setting.known and setting.value or nil
  return setting.state .. " " .. (value and "=" .. plain(value) or "-")
end

local function told_words(setting)
  local instruction = setting.instruction
  local form = instruction and instruction.form or "-"
  local parts = {}
  for i, part in ipairs(setting.words) do
    parts[i] = part.value and plain(part.value) or "?"
  end
  return told(setting) .. " " .. form .. " " .. table.concat(parts, ",")
end

return {
  id = "truth/answers",
  title = "All answers are told",
  severity = "info",
  help = [[For the truth test alone.]],
  options = {
    capabilities = { type = "list", of = "string", default = {}, help = "what is asked of each stage" },
    packages = { type = "list", of = "string", default = {}, help = "what each stage may install" },
    paths = { type = "list", of = "string", default = {}, help = "what each stage may have" },
  },
  check = function(build, report, options)
    local doubted = {}
    for operation in each(build:operations("install")) do
      for package in each(operation.command.certain and {} or operation.packages) do
        doubted[package.at.line .. ":" .. package.at.column] = true
      end
    end
    for stage in each(build.stages) do
      local function say(kind, ...)
        report { at = stage, message = table.concat({ stage.index, kind, ... }, " ") }
      end
      local base = stage.root.image and stage.root.image.canonical
      say("stage", stage.name and plain(stage.name) or "-", base and plain(base) or "scratch")
      local told_by = { yes = {}, no = {}, unknown = {} }
      for name in each(options.capabilities) do
        local list = told_by[word(stage:contains(name))]
        list[#list + 1] = name
      end
      for truth, names in pairs(told_by) do
        say("contains", truth, joined(names))
      end
      for name in each(options.packages) do
        say("installs", plain(name), word(stage:installs(name)))
      end
      for package in each(stage.packages) do
        say("package", package.manager, package.name and plain(package.name) or "?", package.removed and "removed" or doubted[package.at.line .. ":" .. package.at.column] and "perhaps" or "there")
      end
      for path in each(options.paths) do
        say("path", plain(path), word(stage:has_path(path)))
      end
      for _, name in ipairs { "user", "workdir", "stopsignal" } do
        say("setting", name, told(stage[name]))
      end
      for _, name in ipairs { "shell", "entrypoint", "cmd", "healthcheck" } do
        say("words", name, told_words(stage[name]), word(stage[name].present))
      end
      say("root", word(stage.user.root))
      for variable in each(stage.environment) do
        say("env", plain(variable.name), told(variable))
      end
      for label in each(stage.labels) do
        say("label", plain(label.name), told(label))
      end
      for port in each(stage.ports) do
        say("port", told(port))
      end
      for volume in each(stage.volumes) do
        say("volume", told(volume))
      end
      for item in each(stage.left_behind) do
        say("left", item.kind, item.path and plain(item.path) or "-", word(item), joined(item.found))
      end
    end
    for copy in each(build:all("COPY", "ADD")) do
      local to = copy.destination.path
      if to then
        report { at = copy, message = ("%d path %s %s"):format(copy.stage.index, plain(to), word(copy.stage:has_path(to))) }
      end
    end
  end,
}
