local late = require "late"
local source = require "source"

return {
  id = "cache/manifest-first",
  title = "Dependencies are installed before the source is copied",
  severity = "warning",
  tags = { "speed" },
  help = [[
A layer is built again when anything above it changed. Below `COPY . .`, every edit of any file installs all dependencies
again; above it, only an edit of the files that list them does.

Copy the files that list the dependencies, install, then copy the rest. Managers that install the project itself as well can
be told not to: `poetry install --no-root`, `uv sync --no-install-project`, `composer install --no-autoloader --no-scripts`.

Exceptions: an installation that needs the source, for a list that names packages in the repository (`-e .`,
`file:../shared`, workspaces) or a hook that builds. Copy what it needs as well, or keep the downloads in a cache mount
(`RUN --mount=type=cache,…`), which this policy takes for an answer.

### Avoid

```dockerfile
FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
CMD ["node", "main.js"]
```

### Prefer

```dockerfile
FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
CMD ["node", "main.js"]
```
]],
  options = {
    allow = { type = "list", of = "pattern", default = {}, help = "managers that may install late: 'composer'" },
  },
  check = function(build, report, options)
    for one in each(late(build)) do
      if not one.operation.manager:is(options.allow) then
        local install = one.alone and ("run '%s'"):format(one.alone) or "install"
        report {
          at = one.operation,
          message = ("'%s' runs again after any change of the source; copy %s first, %s, then copy the rest"):format(
            source.line_of(one.operation.command.words), one.files, install),
          evidence = { { at = one.copy, message = "the source is copied here, above the installation" } },
        }
      end
    end
  end,
}
