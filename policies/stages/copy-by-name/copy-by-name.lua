return {
  id = "stages/copy-by-name",
  title = "COPY --from names a stage, not its position",
  severity = "warning",
  tags = { "readability" },
  help = [[
`COPY --from=0` means "the first stage of this file". Insert a stage above it, and it silently copies from another one.

Give the stage a name and use that.

### Avoid

```dockerfile
FROM golang:1.22
RUN go build -o /app .
FROM scratch
COPY --from=0 /app /app
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
    for edge in each(build.edges) do
      if edge.by_index then
        local name = edge.from and edge.from.name
        local instead = name and ("use --from=%s"):format(name) or "name that stage and use the name"
        report {
          at = edge,
          message = ("--from=%s depends on the order of the stages; %s"):format(edge.text, instead),
          evidence = edge.from and { { at = edge.from.from, message = ("--from=%s is this stage"):format(edge.text) } },
        }
      end
    end
  end,
}
