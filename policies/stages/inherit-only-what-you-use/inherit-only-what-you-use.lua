-- Whether a path is in a folder, or is that folder.
local function is_inside(path, folder)
  return path == folder or folder == "/" or path:sub(1, #folder + 1) == folder .. "/"
end

-- Whether a path that is taken from a stage is what one of these copies brought: nil when that is so in part, or not known.
local function is_own(taken, copies)
  local answer = false
  for copy in each(copies) do
    local own = copy.destination.path
    if not taken or not own or (is_inside(own, taken) and own ~= taken) then
      return nil
    end
    answer = answer or is_inside(taken, own)
  end
  return answer
end

-- What others copy from a stage that runs nothing: "all" its own, "none", or nil for anything else.
local function share_of(stage)
  local share
  for edge in each(stage.used_by) do
    if edge.kind ~= "copy" then
      return nil
    end
    for taken in each(edge.sources) do
      local own = is_own(taken.path ~= "." and taken.path or nil, stage:all("COPY", "ADD"))
      local one = own and "all" or own == false and "none" or nil
      if not one or (share and share ~= one) then
        return nil
      end
      share = one
    end
  end
  return share
end

local messages = {
  all = "'%s' lends only what it copies itself, and needs nothing of '%s'; build it FROM scratch",
  none = "'%s' changes nothing of what it lends; copy that from '%s' instead",
}

-- Copies a stage takes from one that it is built FROM already, folders as they are.
local function report_own(stage, report)
  for edge in each(stage.uses) do
    local copy = edge.instruction
    for i = 2, edge.kind == "copy" and not copy.chown and not copy.chmod and #stage.chain or 0 do
      local taken = stage.chain[i] == edge.from and edge.sources[1]
      if taken and #edge.sources == 1 and taken.path and not taken.path:match("[^/]*$"):is("*.*") then
        report {
          at = copy,
          message = ("'%s' is in this stage already, which is built FROM '%s'; base it on a smaller image, or drop the COPY")
            :format(taken, edge.from),
          evidence = { { at = stage.from, message = "everything of that stage is inherited here" } },
        }
      end
    end
  end
end

return {
  id = "stages/inherit-only-what-you-use",
  title = "A stage is built FROM another for more than a folder",
  severity = "warning",
  tags = { "size", "speed" },
  help = [[
FROM another stage inherits all of it: every file of it ships, and every change of it builds this stage again.

Base the stage on an image that has just what it runs, or on `scratch`, and COPY the folder it needs. A stage that only hands
on what another one made is not needed: copy from that one.

Two things are found, and no more, because what a RUN needs of its stage cannot be seen: a stage that copies a folder from
one it is built FROM, and so has it twice; a stage that runs nothing and lends either nothing of its own or nothing else.

Exceptions: a stage that adds files to those it inherits, for a mount or for a stage built FROM it; a COPY that changes the
owner or the mode.

### Avoid

```dockerfile
FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/server .
FROM build
COPY --from=build /out /app
CMD ["/app/server"]
```

### Prefer

```dockerfile
FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/server .
FROM debian:12-slim
COPY --from=build /out /app
CMD ["/app/server"]
```
]],
  check = function(build, report)
    for stage in each(build.needed) do
      local below = stage.base.from
      if below then
        report_own(stage, report)
      end
      if below and not stage.target and #stage.base.variables == 0 and #stage:all("RUN") == 0 then
        local share = share_of(stage)
        if share then
          report {
            at = stage.from,
            message = messages[share]:format(stage, below),
          }
        end
      end
    end
  end,
}
