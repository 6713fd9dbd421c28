-- Installations that come after the source: each needs only the files that list its packages, and runs again after any
-- change of what is copied above it.
local source = require "source"

-- By manager: what those files are, and the command that makes do with them where the plain one does not.
local managers = {
  npm = { "package.json and package-lock.json" },
  yarn = { "package.json and yarn.lock" },
  pnpm = { "package.json and pnpm-lock.yaml" },
  pip = { "the requirements file" },
  pipenv = { "Pipfile and Pipfile.lock" },
  poetry = { "pyproject.toml and poetry.lock", "poetry install --no-root" },
  uv = { "pyproject.toml and uv.lock", "uv sync --no-install-project" },
  bundle = { "Gemfile and Gemfile.lock" },
  composer = { "composer.json and composer.lock", "composer install --no-autoloader --no-scripts" },
  go = { "go.mod and go.sum", "go mod download" },
  conda = { "the environment file" },
}

-- Notes what a COPY brings of the source: all of the context, or a folder of it. Says whether it brings any.
local function note_copy(copy, seen)
  local brings = false
  for one in each(source.of_context(copy)) do
    if one.path == "." then
      seen.all = seen.all or copy
      brings = true
    elseif source.is_folder_name(one.path) then
      seen.folders[#seen.folders + 1] = copy
      brings = true
    end
  end
  return brings
end

local function brings_source(build)
  for copy in each(build:all("COPY", "ADD")) do
    if note_copy(copy, { folders = {} }) then
      return true
    end
  end
  return false
end

-- The file that a command says lists the packages, or nil.
local function named_list(command)
  local option
  for word in each(command.words) do
    if option then
      return word
    end
    option = tostring(word):is("-r", "--requirement", "-f", "--file")
  end
end

-- Where the files that list the packages are: a path, "." for a working directory not known, nil when that is not told.
local function manifest_folder(operation)
  local file = operation.manager:is("pip", "conda") and named_list(operation.command)
  if file and tostring(file):is("/*") then
    return file.value and file.value:match("^(.*)/")
  end
  return operation.instruction.before.workdir.value or "."
end

local function is_inside(path, folder)
  return path == folder or path:sub(1, #folder + 1) == folder .. "/"
end

-- The copy that brings the source and these files in one, or nil.
local function copy_of_both(operation, seen)
  local place = not seen.all and #seen.folders > 0 and manifest_folder(operation)
  for _, copy in ipairs(place and seen.folders or {}) do
    local folder = copy.destination.path or copy.destination.value
    if folder and is_inside(place, folder == "./" and "." or folder) then
      return copy
    end
  end
  return seen.all
end

-- Whether a command surely installs what is listed, and nothing that is part of the source itself.
local function installs_a_list(operation)
  local action, command = operation.action, operation.command
  if not (operation.manifest and managers[operation.manager] and (action == "install" or action == "download")) then
    return false
  end
  for package in each(operation.packages) do
    if package.source == "file" then
      return false
    end
  end
  return command.certain and not tostring(command):is("*setup.py*", "*--package-lock-only*")
end

-- The first installation by each manager; those that come late go to `found`.
local function look_at_run(run, seen, found)
  for operation in each(run:operations()) do
    if installs_a_list(operation) and not seen.managers[operation.manager] then
      seen.managers[operation.manager] = true
      local copy = copy_of_both(operation, seen)
      if copy and not source.has_cache(run) then
        local files, alone = table.unpack(managers[operation.manager])
        found[#found + 1] = { operation = operation, copy = copy, files = files, alone = alone }
      end
    end
  end
end

-- What a stage has seen when it begins: what the one below it has seen at its end.
local function begin(below)
  local seen = { all = below and below.all, folders = {}, managers = {} }
  for manager in pairs(below and below.managers or {}) do
    seen.managers[manager] = true
  end
  return seen
end

-- The late installations of a build: each with its operation, the copy above it, the files it needs and, where the
-- command itself needs more, one that does not.
return function(build)
  local found, ends = {}, {}
  for stage in each(brings_source(build) and build.needed or {}) do
    local seen = begin(ends[stage.base.from])
    for instruction in each(stage:all("COPY", "ADD", "RUN")) do
      if instruction.kind == "RUN" then
        look_at_run(instruction, seen, found)
      else
        note_copy(instruction, seen)
      end
    end
    ends[stage] = seen
  end
  return found
end
