return {
  id = "own/tag", title = "Tags are numbers", severity = "error",
  help = [[
Why.

### Avoid

```dockerfile
FROM alpine:latest
```

```dockerfile
FROM alpine:3
```

### Prefer

```dockerfile
FROM alpine:latest
```
]],
  options = { allow = { type = "list", of = "string", default = {}, help = "tags to allow" } },
  check = function(build, report, options)
    for image in each(build.images) do
      local allowed = false
      for tag in each(options.allow) do
        allowed = allowed or tag == image.tag
      end
      if image.tag == "latest" and not allowed then
        report { at = image, message = "the tag is latest" }
      end
    end
  end,
}
