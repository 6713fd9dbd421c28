-- What a program is called whose capability has another name.
local programs = { maven = "mvn", ["dpkg-dev"] = "dpkg-buildpackage", ["rpm-build"] = "rpmbuild", autotools = "autoreconf" }

-- The tools that the image runs itself: they are what it is for.
local function runs(stage, tools)
  local called, own = {}, {}
  for setting in each { stage.entrypoint, stage.cmd } do
    for word in each(setting.words) do
      called[#called + 1] = tostring(word)
    end
  end
  for tool in each(tools.found) do
    local name = programs[tool] or tool
    for _, word in ipairs(called) do
      if word:is(name, "*/" .. name, name .. " *", name .. "-*", "*/" .. name .. "-*", "* " .. name .. " *") then
        own[#own + 1] = tool
      end
    end
  end
  return own
end

return {
  id = "shipped/no-build-tool",
  title = "What ships contains no build tool",
  severity = "warning",
  unknown = "ignore", -- an image that is not known is the subject of shipped/no-compiler
  tags = { "size", "security" },
  help = [[
`make`, `cmake` or Maven in an image that only runs a program were needed once, for a step of the build. They stay for everybody
who pulls the image.

Run that step in a stage of its own and copy what it makes, or remove the tool in the RUN that installs it.

Images with a compiler are left to `shipped/no-compiler`: the cure is the same. Small tools that libraries bring along (pkg-config,
patch, bison) are not asked for, nor tools that the image itself runs as its CMD or ENTRYPOINT.

Exceptions: images that build when they run, as those of CI jobs. Name what they need in the option `allow`.

### Avoid

```dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends make
COPY . /app
RUN make -C /app configuration
CMD ["python", "/app/main.py"]
```

### Prefer

```dockerfile
FROM python:3.12-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends make
COPY . /app
RUN make -C /app configuration
FROM python:3.12-slim
COPY --from=build /app /app
CMD ["python", "/app/main.py"]
```
]],
  options = {
    tools = {
      type = "list", of = "string",
      default = {
        "make", "cmake", "ninja", "meson", "autotools", "dpkg-dev", "rpm-build", "bazel", "maven", "gradle", "sbt", "ant",
        "rebar3",
      },
      help = "capabilities or classes of them that must not ship",
    },
    allow = { type = "list", of = "string", default = {}, help = "tools to tolerate" },
  },
  check = function(build, report, options)
    for stage in each(build.targets) do
      local tools = stage:contains(options.tools):except(options.allow)
      if tools.yes and not stage:contains("native-compiler", "managed-compiler").yes then
        tools = tools:except(runs(stage, tools))
        report {
          when = tools,
          message = ("what ships contains %s; run the step that needs it in a stage of its own, and copy the result"):format(tools),
        }
      end
    end
  end,
}
