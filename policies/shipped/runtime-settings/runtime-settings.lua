-- Whether a stage only lends files: something is copied from it, nothing is built FROM it.
local function lends_only(stage)
  local copies = false
  for edge in each(stage.used_by) do
    if edge.kind == "base" then
      return false
    end
    copies = copies or edge.kind ~= "mount"
  end
  return copies
end

-- Variables that no build reads, and what must ship for them to matter.
local read_when_running = {
  PYTHONUNBUFFERED = "python-runtime", PYTHONFAULTHANDLER = "python-runtime", GUNICORN_CMD_ARGS = "python-runtime",
  UVICORN_HOST = "python-runtime", SPRING_PROFILES_ACTIVE = "java-runtime",
}

local function is_read(name, targets)
  local runtime = read_when_running[name]
  for target in each(runtime and targets or {}) do
    if target:contains(runtime).yes then
      return true
    end
  end
  return false
end

-- Whether what ships runs a program of ours, not the one that its image brings: a web server needs no CMD.
local function runs_ours(targets)
  for target in each(targets) do
    if target.cmd.instruction or target.entrypoint.instruction or target.root:is("scratch").yes
      or target:contains("python-runtime", "node-runtime", "java-runtime", "ruby-runtime", "dotnet-runtime").yes then
      return true
    end
  end
  return false
end

-- The names that instructions after a place in the stage use.
local function names_used_after(instruction, stage)
  local used = {}
  for later in each(stage.instructions) do
    if later.at.line > instruction.at.line then
      for value in each(later.values) do
        for variable in each(value.variables) do
          used[variable.name] = true
        end
      end
    end
  end
  return used
end

return {
  id = "shipped/runtime-settings",
  title = "Settings stand in the stage that ships",
  severity = "warning",
  tags = { "correctness" },
  help = [[
COPY takes files, not settings: ENV, USER, CMD, ENTRYPOINT, EXPOSE and HEALTHCHECK of a stage that only lends files are nowhere in
the image. It starts with other variables, as root, or not at all, and the Dockerfile looks as if all were said.

Set them in the stage that ships, or build that stage FROM the other one.

An ENV or USER that a later RUN of its stage works with is a setting of the build, and not reported (but for a few variables that
only running programs read, as PYTHONUNBUFFERED); neither is what the stage
that ships sets itself, nor the command of a stage that its image may replace.

Exceptions: stages that are built by themselves too, as `dev`. Name them in the option `targets`.

### Avoid

```dockerfile
FROM python:3.12 AS build
COPY . /app
RUN pip install --no-cache-dir --target /app -r /app/requirements.txt
ENV PYTHONPATH=/app
EXPOSE 8080
FROM python:3.12-slim
COPY --from=build /app /app
CMD ["python", "-m", "server"]
```

### Prefer

```dockerfile
FROM python:3.12 AS build
COPY . /app
RUN pip install --no-cache-dir --target /app -r /app/requirements.txt
FROM python:3.12-slim
COPY --from=build /app /app
ENV PYTHONPATH=/app
EXPOSE 8080
CMD ["python", "-m", "server"]
```
]],
  options = {
    targets = {
      type = "list", of = "pattern", default = { "dev*", "*-dev", "debug*", "test*", "*-test", "local*" },
      help = "names of stages that are also built by themselves",
    },
  },
  check = function(build, report, options)
    local function lost(instruction, what, stage)
      report {
        at = instruction,
        message = ("%s of '%s' is lost, COPY takes files alone; move it to %s"):format(what, stage, build.targets),
        stage = stage,
      }
    end

    -- Whether nothing that ships sets it.
    local function missing(get)
      for target in each(build.targets) do
        if get(target) then
          return false
        end
      end
      return true
    end

    local judges = {
      USER = function(user, stage, works)
        if not works and not user.argument.root.yes and missing(function(target) return target.user.instruction end) then
          lost(user, "USER " .. user.argument.text, stage)
        end
      end,
      ENV = function(env, stage, works)
        local used
        for pair in each(env.pairs) do
          local matters = not works or is_read(pair.name, build.targets)
          if matters and missing(function(target) return target:env(pair.name).instruction end) then
            used = used or names_used_after(env, stage)
            if not used[pair.name] then
              lost(pair, "ENV " .. pair.name, stage)
            end
          end
        end
      end,
      EXPOSE = function(expose, stage)
        if missing(function(target) return #target.ports > 0 end) and runs_ours(build.targets) then
          lost(expose, expose.text, stage)
        end
      end,
      HEALTHCHECK = function(check, stage)
        local wanted = not check.none and missing(function(target) return target.healthcheck.instruction end)
        if wanted and runs_ours(build.targets) then
          lost(check, "HEALTHCHECK", stage)
        end
      end,
      CMD = function(command, stage)
        local wanted = missing(function(target) return target.cmd.instruction or target.entrypoint.instruction end)
        if wanted and runs_ours(build.targets) then
          lost(command, command.kind, stage)
        end
      end,
    }
    judges.ENTRYPOINT = judges.CMD

    for stage in each(build.needed) do
      if not stage.shipped and lends_only(stage) and not (stage.name and stage.name:is(options.targets)) then
        local instructions, works = stage.instructions, false
        for i = #instructions, 2, -1 do
          local kind = instructions[i].kind
          works = works or kind == "RUN"
          if judges[kind] then
            judges[kind](instructions[i], stage, works)
          end
        end
      end
    end
  end,
}
