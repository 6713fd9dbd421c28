-- An argument that picks the base picks among the stages: those it does not pick today are there for another build.
local function an_argument_picks(build)
  for stage in each(build.needed) do
    local base = stage.base
    local may_be_a_stage = base.from_kind == "stage" or base.from_kind == "unknown"
    for variable in each(base.variables) do
      if may_be_a_stage and (variable.state == "default" or variable.state == "unknown") then
        return true
      end
    end
  end
  return false
end

return {
  id = "stages/no-dead",
  title = "Every stage is needed by a target",
  severity = "warning",
  tags = { "readability" },
  help = [[
A stage that no target needs is never built. It misleads readers, its checks never run, and it rots.

Remove it; if it is a target of its own (a `test` or `debug` image), say so: `stagepolicy check --target prod --target debug`.

### Avoid

```dockerfile
FROM golang:1.22 AS build
RUN go build -o /app .
FROM alpine:3.20 AS old
RUN apk add curl
FROM scratch
COPY --from=build /app /app
```

### Prefer

```dockerfile
FROM golang:1.22 AS build
RUN go build -o /app .
FROM scratch
COPY --from=build /app /app
```
]],
  options = {
    single = {
      type = "integer", default = 2,
      help = "so many dead stages are told one by one; of more, when no target is given, one finding tells all",
    },
  },
  check = function(build, report, options)
    local targets = {}
    for target in each(build.targets) do
      targets[#targets + 1] = ("'%s'"):format(target)
    end
    local chosen = build.target_defaulted and "the target, by default the last stage" or "a target"
    local evidence = {
      { at = build.targets[1].from, message = ("%s is %s"):format(table.concat(targets, ", "), chosen) },
    }
    local picked = an_argument_picks(build)
    if not picked and build.target_defaulted and #build.dead > options.single then
      report {
        at = build.dead[1].from,
        message = ("%d stages are for no target (%s); name those you build with --target, and remove the rest"):format(
          #build.dead,
          build.dead
        ),
        evidence = evidence,
      }
      return
    end
    for stage in each(build.dead) do
      report {
        unless = stage.name ~= nil and picked,
        at = stage.from,
        message = ("no target needs this stage (%s); remove it, or name the stages you build with --target"):format(stage),
        evidence = evidence,
      }
    end
  end,
}
