local function lineage(stage)
  local names = {}
  for link in each(stage.chain) do
    names[#names + 1] = tostring(link)
  end
  names[#names + 1] = tostring(stage.root)
  return table.concat(names, " ← ")
end

return {
  id = "shipped/no-compiler",
  title = "What ships contains no compiler",
  severity = "error",
  tags = { "security", "size" },
  help = [[
A compiler in the image is hundreds of megabytes nobody runs, and a ready tool for whoever gets in.

Build in one stage, ship another: base the last stage on a runtime or distroless image and copy only what runs. A compiler
that is installed for one RUN and removed in the same RUN does no harm.

Exceptions: an image that must compile when it runs (some PHP and machine learning images). Name what it needs in the option
`allow`. Images that are there to build with: switch the policy off for their paths, or waive it in the file.

### Avoid

```dockerfile
FROM golang:1.22
COPY . .
RUN go build -o /app .
CMD ["/app"]
```

### Prefer

```dockerfile
FROM golang:1.22 AS build
COPY . .
RUN go build -o /app .
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /app /app
CMD ["/app"]
```
]],
  options = {
    classes = {
      type = "list", of = "string", default = { "native-compiler", "managed-compiler" },
      help = "capabilities or classes of them that must not ship",
    },
    allow = { type = "list", of = "string", default = {}, help = "capabilities to tolerate" },
  },
  check = function(build, report, options)
    for stage in each(build.targets) do
      local compilers = stage:contains(options.classes):except(options.allow)
      report {
        when = compilers,
        stage = stage,
        message = ("what ships contains %s (%s); build in one stage and ship another"):format(compilers, lineage(stage)),
      }
    end
  end,
}
