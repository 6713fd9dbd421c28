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
    for stage in each(build.stages) do
      local base = stage.base
      local outside = base.from_kind == "image" or base.from_kind == "unknown"
      if outside and not base:is(options.allow).yes then
        if not options.digest then
          report {
            when = base:is("*:latest"),
            at = base,
            message = ("'%s' is whatever is latest today; write the tag you tested with"):format(base),
          }
        elseif base.image then
          report {
            unless = base.image.pinned,
            at = base,
            message = ("'%s' has no digest; add @sha256:…"):format(base),
          }
        end
      end
    end
  end,
}
