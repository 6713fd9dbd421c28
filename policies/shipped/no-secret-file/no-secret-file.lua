local secret_names = require "secret_names"

-- Whether a path ends in one of the names: "id_rsa", ".aws/credentials".
local function ends_in(path, names)
  local below = path:match("[^/]+/[^/]+$")
  return path:match("[^/]*$"):is(names) or (below ~= nil and below:is(names))
end

local function harmless(paths, allow)
  local allowed = {}
  for path in each(paths) do
    if path:lower():is(allow) then
      allowed[#allowed + 1] = path
    end
  end
  return allowed
end

return {
  id = "shipped/no-secret-file",
  title = "What ships contains no file that is a secret",
  severity = "error",
  unknown = "ignore", -- a whole context of which nothing is known is the subject of shipped/no-whole-context
  tags = { "security" },
  aliases = { "DS-0031" },
  help = [[
A private key or a password file that is copied into the image is in the hands of everybody who can pull it, for as long as any
registry keeps it. A later `RUN rm` only hides it: the layer below still has it.

What the build needs comes by a mount that leaves nothing: `RUN --mount=type=secret,id=netrc,target=/root/.netrc …`. What the
program needs when it runs comes from whoever runs it: a mounted secret, a variable. Where a whole folder is copied, leave the
file out in `.dockerignore`.

Private keys are an error, other files that usually hold secrets (`.env`, `.netrc`, …) a warning. Where the build context is
known (`--context`, compose and bake files), folders that are copied are looked into, down to their first level.

Exceptions: a `.env` with settings that are no secrets, keys of a test server. Give such a file a name that says so, or name it in
the option `allow`.

### Avoid

```dockerfile
FROM alpine:3.20
COPY id_rsa /root/.ssh/id_rsa
RUN git clone git@example.com:team/app.git /app && rm /root/.ssh/id_rsa
```

### Prefer

```dockerfile
FROM alpine:3.20
RUN --mount=type=ssh git clone git@example.com:team/app.git /app
```
]],
  options = {
    keys = { type = "list", of = "pattern", default = secret_names.keys, help = "names of files that are secrets, surely" },
    others = { type = "list", of = "pattern", default = secret_names.others, help = "names of files that usually are" },
    allow = { type = "list", of = "pattern", default = secret_names.harmless, help = "paths, in lower case, that are no secrets" },
  },
  check = function(build, report, options)
    local known = build.ignore.known
    local kinds = {
      { names = options.keys },
      { names = options.others, severity = "warning" },
    }

    local function judge(source, path, as, kind)
      local secret = ends_in(path, kind.names) and path or ends_in(as, kind.names) and as
      local inside = known and not secret and source.kind == "path" and source:brings(kind.names)
      inside = inside and inside:except(harmless(inside.found, options.allow))
      if secret and not source.excluded.yes then
        report {
          at = source,
          message = ("%s ships, a secret by its name; let the build mount it, or whoever runs the image"):format(secret),
          severity = kind.severity,
        }
      elseif inside and inside.yes then
        report {
          when = inside,
          message = ("%s ships with the rest, a secret by its name; leave it out in .dockerignore"):format(inside),
          severity = kind.severity,
        }
      end
      return secret
    end

    for stage in each(build.shipped) do
      for copy in each(stage:all("COPY", "ADD")) do
        local into = copy.destination.text:sub(-1) == "/"
        local as = not into and copy.destination.path or ""
        for source in each(copy.sources) do
          local path = source.path or ""
          local own = source.edge.from_kind:is("context", "stage", "inline")
          if own and not path:lower():is(options.allow) and not as:lower():is(options.allow) then
            local _ = judge(source, path, as, kinds[1]) or judge(source, path, as, kinds[2])
          end
        end
      end
    end
  end,
}
