local secret_names = require "secret_names"

local function is_whole(source)
  local path = source.kind == "path" and source.path
  return (path == "." or path == "*") and source.edge.from_kind == "context"
end

return {
  id = "shipped/no-whole-context",
  title = "What ships takes of the build context what it needs alone",
  severity = "warning",
  tags = { "security", "size" },
  help = [[
`COPY . .` takes all that lies in the folder on the day of the build: the history in `.git`, tests, editors' files, yesterday's
build. It makes the image large, tells more than it should, and is copied anew whenever any file changes.

Copy what runs by name (`COPY src ./src`), or take it from the stage that built it. Where everything is to be copied, let
`.dockerignore` leave the rest out, `.git` first.

A `.dockerignore` that leaves out what the option `leave_out` names is enough. What it says is known for sure where the context is
named (`--context`, compose and bake files); otherwise the one beside the Dockerfile is looked at, and without one the
finding is undecided.

### Avoid

```dockerfile
FROM node:20-slim
WORKDIR /app
COPY . .
CMD ["node", "src/server.js"]
```

### Prefer

```dockerfile
FROM node:20-slim
WORKDIR /app
COPY src ./src
CMD ["node", "src/server.js"]
```
]],
  options = {
    leave_out = { type = "list", of = "string", default = { ".git" }, help = "paths that must not be copied with the rest" },
  },
  check = function(build, report, options)
    local ignore = build.ignore

    local function judge(source)
      local taken = source:brings(options.leave_out)
      if taken.yes or (taken.unknown and not ignore:excludes(options.leave_out).yes) then
        report {
          when = taken,
          message = ("all of the build context ships, %s too; copy what runs by name, or write a .dockerignore"):format(taken),
        }
      elseif taken.no and not ignore.present and not source:brings(secret_names.keys, secret_names.others).yes then
        report {
          at = source,
          message = "all of the build context ships, and no .dockerignore leaves anything out; copy what runs by name",
        }
      end
    end

    for stage in each(build.shipped) do
      for copy in each(stage:all("COPY", "ADD")) do
        for source in each(#copy.exclude == 0 and copy.sources or {}) do
          if is_whole(source) then
            judge(source)
          end
        end
      end
    end
  end,
}
