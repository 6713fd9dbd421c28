-- The global ARGs by name: the line to change is theirs when a base gets its text from one.
local function defaults_of(build)
  local defaults = {}
  for instruction in each(build.instructions) do
    if instruction.stage then
      break
    end
    for pair in each(instruction.pairs) do
      defaults[pair.name] = pair
    end
  end
  return defaults
end

local function where_it_stands(defaults, base)
  local steps = {}
  for variable in each(base.variables) do
    local pair = variable.state == "default" and defaults[variable.name]
    if pair then
      steps[#steps + 1] = { at = pair, message = ("'%s' gets its default here"):format(pair.name) }
    end
  end
  return steps
end

return {
  id = "stages/pinned-base",
  title = "Base images have a tag other than latest, or a digest",
  severity = "warning",
  tags = { "reproducibility" },
  aliases = { "DL3006", "DL3007" },
  help = [[
An image without a tag is `latest`, and `latest` is a different image every time somebody publishes one: yesterday's
build and today's have nothing in common but the name.

Write the version you tested with. With the option `digest`, nothing less than a digest is enough.

### Avoid

```dockerfile
FROM python
CMD ["python"]
```

### Prefer

```dockerfile
FROM python:3.12-slim
CMD ["python"]
```
]],
  options = {
    digest = { type = "boolean", default = false, help = "demand a digest" },
    allow = { type = "list", of = "pattern", default = {}, help = "images that need no pin, as registry/repository" },
  },
  check = function(build, report, options)
    local defaults = defaults_of(build)
    for stage in each(build.stages) do
      local base = stage.base
      local picks_a_stage = #base.candidates > 0 -- FROM base-$TARGETARCH
      local outside = base.from_kind == "image" or (base.from_kind == "unknown" and not picks_a_stage)
      if outside and not base:is(options.allow).yes then
        if not options.digest then
          report {
            when = base:is("*:latest"),
            at = base,
            message = ("'%s' is whatever is latest today; write the tag you tested with"):format(base),
            evidence = where_it_stands(defaults, base),
          }
        else
          report {
            unless = base.image.pinned,
            at = base,
            message = ("'%s' has no digest; add @sha256:…"):format(base),
            evidence = where_it_stands(defaults, base),
          }
        end
      end
    end
  end,
}
