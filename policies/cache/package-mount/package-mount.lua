local late = require "late"
local source = require "source"
local keeps = require "keeps"

-- Whether a RUN has no cache mount and could have one, in root's home.
local function can_mount(run)
  local image = run.stage.root.image
  local on_windows = image and image.distro:is("windows").yes
  return not source.has_cache(run) and not on_windows and not run.before.user.root.no
end

local function report_use(report, use, copy)
  local mount = ("--mount=type=cache,target=%s"):format(use.folder)
  report {
    at = use.command,
    message = ("'%s' %s again whenever it runs; add %s to the RUN%s"):format(
      source.line_of(use.command.words), use.again, mount, use.refuses and (", and drop " .. use.refuses) or ""),
    evidence = { { at = copy, message = "a change of what is copied here runs it again" } },
    fix = not use.refuses and {
      title = "Mount a cache",
      { insert = " " .. mount, after = use.command.instruction.keyword },
    } or nil,
  }
end

-- Whether a COPY brings what makes the RUN below it run again.
local function brings_change(copy, options)
  return options.lists and #source.of_context(copy) > 0 or source.changes_often(copy, source.files)
end

-- What is known at the end of a stage, when the one below it ended like that: the copy of the source, if there is one, and
-- the tools that did their work already. Those that have to do it below the copy go to `found`.
local function walk(stage, below, options)
  local now, found = { copy = below and below.copy, done = {} }, {}
  for tool in pairs(below and below.done or {}) do
    now.done[tool] = true
  end
  for instruction in each(stage:all("COPY", "ADD", "RUN")) do
    if instruction.kind ~= "RUN" then
      now.copy = now.copy or (brings_change(instruction, options) and instruction)
    else
      for use in each(keeps(instruction)) do
        if now.copy and not now.done[use.tool] and can_mount(instruction) then
          found[#found + 1] = use
        end
        now.done[use.tool] = true
      end
    end
  end
  return now, found
end

return {
  id = "cache/package-mount",
  title = "A stage that only lends files keeps downloads and compiled packages in a cache mount",
  severity = "info",
  tags = { "speed" },
  help = [[
A RUN that is built again begins with nothing: what it downloaded or compiled the last time went away with its layer.

Mount a cache, which stays: `RUN --mount=type=cache,target=/root/.cache/go-build go build .` compiles only what changed, and
nothing of the cache gets into a layer.

Looked at are stages that only lend files, below a COPY of the source; what package managers leave behind in a stage that
ships is another policy's matter. For Go, a second mount at `/go/pkg/mod` keeps the modules. For Rust, mount the `target`
folder too, and copy the program out of it in the same RUN.

Exceptions: builders that keep no cache from one build to the next, as fresh machines of a pipeline. Name the tools in the
option `allow`, or switch the policy off.

### Avoid

```dockerfile
FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -o /out/server .
FROM scratch
COPY --from=build /out/server /server
```

### Prefer

```dockerfile
FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build go build -o /out/server .
FROM scratch
COPY --from=build /out/server /server
```
]],
  options = {
    allow = { type = "list", of = "pattern", default = {}, help = "tools that need no cache mount: 'go', 'cargo'" },
    lists = {
      type = "boolean", default = false,
      help = "judge also what runs again only when a list of packages changes, as 'npm ci' below COPY package.json",
    },
  },
  check = function(build, report, options)
    if #build.needed == #build.shipped then
      return
    end
    local known, ends = {}, {} -- what cache/manifest-first says of a RUN comes first
    for one in each(late(build)) do
      known[one.operation.instruction] = true
    end
    for stage in each(build.needed) do
      local found
      ends[stage], found = walk(stage, ends[stage.base.from], options)
      for use in each(stage.shipped and {} or found) do
        if not known[use.command.instruction] and not use.tool:is(options.allow) then
          report_use(report, use, ends[stage].copy)
        end
      end
    end
  end,
}
