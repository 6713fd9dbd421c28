return {
  id = "stages/named",
  title = "A stage that others use, or that is not the target, has a name that means something",
  severity = "warning",
  tags = { "readability" },
  help = [[
A name says what a stage is for, and it stays right when stages are added or moved. `COPY --from=build` explains itself;
`COPY --from=a` does not.

Name every stage that another one refers to, and every stage that is not the one you ship. The target itself may stay
unnamed as long as nothing refers to it.

### Avoid

```dockerfile
FROM golang:1.22 AS a
RUN go build -o /app .
FROM scratch
COPY --from=a /app /app
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
    pattern = { type = "pattern", default = "??*", help = "what a name must look like" },
    meaningless = {
      type = "list", of = "pattern",
      default = {
        "stage", "stage[-_]?", "stage[-_][0-9]*", "stage[0-9]", "stage[0-9][0-9]", "tmp", "tmp[-_0-9]*", "temp",
        "temp[-_0-9]*", "foo", "bar", "baz",
      },
      help = "names that say nothing",
    },
  },
  check = function(build, report, options)
    for stage in each(build.stages) do
      local name = stage.name
      local must_have_one = #stage.used_by > 0 or not stage.target
      local fits = name and name:is(options.pattern)
      if must_have_one and not name then
        report { at = stage.from, message = ("%s has no name; add 'AS <name>' that says what it is for"):format(stage) }
      elseif must_have_one and (name:is(options.meaningless) or (not fits and #name == 1)) then
        report {
          at = stage.from.name,
          message = ("the stage name '%s' says nothing; call the stage after what it is for"):format(name),
        }
      elseif must_have_one and not fits then
        report {
          at = stage.from.name,
          message = ("the stage name '%s' is not of the form '%s'"):format(name, options.pattern),
        }
      end
    end
  end,
}
