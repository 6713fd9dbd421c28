-- What to do, by manager; %s is the command as it is called.
local remedies = {
  apt = "end the same RUN with 'rm -rf /var/lib/apt/lists/*'",
  apk = "let 'apk add --no-cache' fetch the index, and nothing stays",
  dnf = "end the same RUN with '%s clean all'",
  zypper = "end the same RUN with 'zypper clean --all'",
  pacman = "end the same RUN with 'pacman -Scc --noconfirm'",
  pip = "write '%s install --no-cache-dir'",
  uv = "write 'uv --no-cache', or mount a cache on /root/.cache/uv",
  poetry = "write 'poetry --no-cache', or mount a cache on /root/.cache/pypoetry",
  npm = "end the same RUN with 'npm cache clean --force', or mount a cache on /root/.npm",
  yarn = "end the same RUN with 'yarn cache clean', or mount a cache on it",
  conda = "end the same RUN with '%s clean --all --yes'",
}

local options_that_fix = { apk = " --no-cache", pip = " --no-cache-dir" }

-- "apt-get update", "pip install": as it is called, python -m left out.
local function calls(operation)
  local name = operation.command.name
  name = name:is("python*", "pypy*") and operation.manager or name
  local action = operation.at.text
  return name, action == name and name or name .. " " .. action
end

local function fix_of(operation)
  local option = options_that_fix[operation.manager]
  if option and operation.action == "install" and operation.command.name ~= "uv" then
    return { title = "Add" .. option, { insert = option, after = operation } }
  end
end

return {
  id = "shipped/no-package-cache",
  title = "What ships keeps no cache of a package manager",
  severity = "warning",
  unknown = "ignore", -- most often a script that may clean up
  tags = { "size" },
  aliases = { "DL3009", "DL3019", "DL3032", "DL3036", "DL3040", "DL3042", "DL3060" },
  help = [[
Package lists, indexes and downloaded archives are of use to the package manager alone, and only while it runs. In the image they are
tens to hundreds of megabytes that every host pulls.

Remove them in the RUN that makes them (each RUN is a layer: a later one hides them, the image keeps them), tell the manager
not to keep them, or mount a cache where they go: `RUN --mount=type=cache,target=/var/lib/apt/lists`.

Only stages that ship are looked at: in a stage that lends files a cache does no harm. Caches that a script may clean, or
that go to a place of their own, are left alone. The index of apk is small, hence only an info.

Exceptions: images in which people install packages as they work. Name their managers in the option `allow`.

### Avoid

```dockerfile
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl
```

### Prefer

```dockerfile
FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/*
```
]],
  options = {
    allow = { type = "list", of = "string", default = {}, help = "package managers that may keep theirs: apt, pip, …" },
  },
  check = function(build, report, options)
    local allowed = set(options.allow)
    for stage in each(build.shipped) do
      local last, said
      for operation in each(stage:operations()) do
        local run, manager = operation.instruction, operation.manager
        if run ~= last then
          last, said = run, {}
        end
        local left = not said[manager] and not allowed:has(manager) and operation.cache_left
        if left and left.yes then
          said[manager] = true -- the others of this RUN are mended with it
          local name, call = calls(operation)
          local remedy = remedies[name == "uv" and "uv" or manager]:format(name)
          report {
            when = left,
            message = ("%s leaves %s in the image; %s"):format(call, left, remedy),
            severity = manager == "apk" and "info" or nil,
            fix = fix_of(operation),
          }
        end
      end
    end
  end,
}
