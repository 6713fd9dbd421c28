local source = require "source"
local installation = require "installation"

-- Those of the arguments that a RUN does not use: what stands below one that it uses has to.
local function not_used_by(run, arguments)
  local left = {}
  for argument in each(arguments) do
    if not run.text:find(argument.name, 1, true) then
      left[#left + 1] = argument
    end
  end
  return left
end

local function report_arguments(report, arguments, operation)
  local names = {}
  for argument in each(arguments) do
    names[#names + 1] = argument.name
  end
  report {
    at = arguments[1],
    message = ("a new value of %s runs '%s' again, which does not use it; move the ARG below"):format(
      table.concat(names, " or "), source.line_of(operation.command.words)),
    evidence = { { at = operation, message = "RUN sees every ARG above it, as an environment variable" } },
  }
end

local function report_copy(report, copy, installations)
  local evidence = { { at = copy, message = "this is copied above it" } }
  for i = 2, #installations do
    evidence[i] = { at = installations[i], message = "so does this" }
  end
  report {
    at = installations[1],
    message = ("'%s' runs again whenever a copied file changes, and needs none; move it above the COPY"):format(
      source.line_of(installations[1].command.words)),
    evidence = evidence,
  }
end

return {
  id = "cache/stable-first",
  title = "What changes with every build stands below the installation of packages",
  severity = "warning",
  tags = { "speed" },
  help = [[
A layer is built again when anything above it changed. An `apt-get install` below `COPY src .` runs again after every edit of
the source; below `ARG GIT_COMMIT`, in every build, for a RUN sees each ARG above it as an environment variable.

First install what is named by name, then copy what is edited; declare an ARG that is new in every build just above what uses
it. LABEL, CMD and EXPOSE may stand anywhere: BuildKit builds no layer again for them.

Exceptions: an installation that needs what is copied above it in a way that cannot be seen here; an argument that is there to
run it again, as `CACHEBUST`.

### Avoid

```dockerfile
FROM python:3.12-slim
ARG GIT_COMMIT
RUN pip install gunicorn
COPY src /app
RUN apt-get update && apt-get install -y libpq5
LABEL org.opencontainers.image.revision=$GIT_COMMIT
```

### Prefer

```dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y libpq5
RUN pip install gunicorn
COPY src /app
ARG GIT_COMMIT
LABEL org.opencontainers.image.revision=$GIT_COMMIT
```
]],
  options = {
    arguments = {
      type = "list", of = "pattern",
      default = {
        "*COMMIT*", "*GIT_SHA*", "*GIT_REV*", "*REVISION*", "*VCS_REF*", "*BUILD_DATE*", "*BUILD_TIME*",
        "*BUILD_NUMBER*", "*BUILD_ID*", "*TIMESTAMP*", "DATE",
      },
      help = "build arguments that are new in every build",
    },
    files = {
      type = "list", of = "pattern", default = source.files,
      help = "files that are edited all the time; folders are, too",
    },
  },
  check = function(build, report, options)
    for stage in each(build.needed) do
      local copy, hidden, arguments, late = nil, false, {}, {}
      for instruction in each(stage:all("ARG", "COPY", "ADD", "RUN")) do
        if instruction.kind == "ARG" then
          for pair in each(instruction.pairs) do
            arguments[#arguments + 1] = pair.name:is(options.arguments) and pair or nil
          end
        elseif instruction.kind ~= "RUN" then
          copy = copy or (source.changes_often(instruction, options.files) and instruction)
        elseif not copy then
          arguments = not_used_by(instruction, arguments)
          local operation = #arguments > 0 and instruction:operations("install")[1]
          if operation then
            report_arguments(report, arguments, operation)
            arguments = {}
          end
        elseif not hidden then
          hidden = not installation.is_all_of(instruction)
          late[#late + 1] = not hidden and installation.that_stands_alone(instruction) or nil
        end
      end
      if #late > 0 then
        report_copy(report, copy, late)
      end
    end
  end,
}
