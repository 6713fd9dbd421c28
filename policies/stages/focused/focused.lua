local work = require "work"

-- The stages whose files are in an image that is not there to test.
local function ships_in(build, options)
  local ships = {}
  for target in each(build.targets) do
    for stage in each((target.name or ""):is(options.tests) and {} or target.chain) do
      ships[stage] = true
    end
  end
  return ships
end

return {
  id = "stages/focused",
  title = "A stage that builds does not also ship, and tests have a stage of their own",
  severity = "warning",
  tags = { "size", "speed" },
  help = [[
A stage that builds holds the source, what lies around after the build, and tools that only the build needs; when it ships,
so does all of that. Tests in a stage that the image is made of make every build of the image wait for them, and a test that
fails now and then stops a release.

Build in one stage and copy the result into another, on a base that only runs it. Give the tests a stage of their own, FROM
the one with the source: they run when they are asked for, by `docker build --target test .`.

No image needs such a stage; a compose or bake file beside the Dockerfile that names the target tells stages/no-dead of it.
A stage that ships a compiler as well is left to shipped/no-compiler.

Exceptions: an image that is there to build or to test. Stages with names as in the option `tests` may test, and what they
are built FROM may build.

### Avoid

```dockerfile
FROM node:20-alpine
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm test
RUN npm run build
CMD ["node", "dist/main.js"]
```

### Prefer

```dockerfile
FROM node:20-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM build AS test
RUN npm test

FROM node:20-alpine AS server
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY --from=build /app/dist ./dist
CMD ["node", "dist/main.js"]
```
]],
  options = {
    tests = {
      type = "list", of = "pattern", default = { "*test*", "*lint*", "*check*", "*verif*", "*coverage*" },
      help = "names of stages that are there to test",
    },
  },
  check = function(build, report, options)
    local ships = ships_in(build, options)
    for stage in each(build.needed) do
      local built, tested = work.of(stage)
      if built and ships[stage] and not stage:contains("native-compiler", "managed-compiler").yes then
        report {
          at = built.at,
          message = ("'%s' runs in a stage that ships, with its source and tools; copy only the result into another stage")
            :format(built.text),
        }
      end
      if tested and not (stage.name or ""):is(options.tests) then
        local where = ships[stage] and "a stage that ships, with all that it needs" or "each build of the image"
        report {
          at = tested.at,
          severity = not ships[stage] and "info" or nil,
          message = ("'%s' runs in %s; give the tests a stage of their own, FROM the one with the source"):format(
            tested.text, where),
        }
      end
    end
  end,
}
