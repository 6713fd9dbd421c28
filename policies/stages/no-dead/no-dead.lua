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
  check = function(build, report)
    local targets = {}
    for target in each(build.targets) do
      targets[#targets + 1] = ("'%s'"):format(target)
    end
    local chosen = build.target_defaulted and "the target, by default the last stage" or "a target"
    for stage in each(build.dead) do
      report {
        at = stage.from,
        message = ("no target needs this stage (%s); remove it, or name the stages you build with --target"):format(stage),
        evidence = {
          { at = build.targets[1].from, message = ("%s is %s"):format(table.concat(targets, ", "), chosen) },
        },
      }
    end
  end,
}
