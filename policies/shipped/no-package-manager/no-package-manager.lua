return {
  id = "shipped/no-package-manager",
  title = "What ships contains no package manager",
  severity = "warning",
  enabled = false,
  tags = { "security" },
  help = [[
A package manager in the image serves two people: whoever builds it, and whoever has broken into it and needs tools.

Base what ships on a distroless image or on scratch, and copy what runs from the stage that builds; there are such images for most
languages. Removing the manager in a RUN is not enough: the layers below still have it, though nobody can run it.

The policy is off by default, because most images rest on a distribution, and that is a decision of the organisation: switch
it on with `policies: { shipped/no-package-manager: on }`. With the option `languages`, pip, npm, gem and their like count too.

Exceptions: images that install packages when they run. Name the managers in the option `allow`.

### Avoid

```dockerfile
FROM debian:12-slim
COPY server /server
CMD ["/server"]
```

### Prefer

```dockerfile
FROM gcr.io/distroless/base-debian12
COPY server /server
CMD ["/server"]
```
]],
  options = {
    languages = { type = "boolean", default = false, help = "package managers of languages count too" },
    allow = {
      type = "list", of = "string", default = {}, help = "capabilities to tolerate: package-manager:apk, pip, …",
    },
  },
  check = function(build, report, options)
    local class = options.languages and "any-package-manager" or "package-manager"
    for stage in each(build.targets) do
      local managers = stage:contains(class):except(options.allow)
      local names = tostring(managers):gsub("package%-manager:", "")
      report {
        when = managers,
        message = ("what ships contains %s; base it on a distroless image or scratch"):format(names),
      }
    end
  end,
}
