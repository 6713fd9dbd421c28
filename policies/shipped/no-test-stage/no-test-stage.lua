-- A copy of what tests are for: their reports, a test program, a mark that they passed.
local function takes_results(edge)
  for source in each(edge.sources) do
    if not source.text:lower():is("*test*", "*cover*", "*report*", "*result*", "*junit*", "*passed*") then
      return false
    end
  end
  return #edge.sources > 0
end

-- Whether what this build ships is made of a stage.
local function reaches(build, stage)
  for target in each(build.targets) do
    if target == stage or target:depends_on(stage).yes then
      return true
    end
  end
  return false
end

return {
  id = "shipped/no-test-stage",
  title = "What ships does not rest on a test stage",
  severity = "warning",
  tags = { "size", "correctness" },
  help = [[
A test stage has what tests need: their frameworks, their fixtures, what the runs wrote. Built FROM it, the image ships all that;
copied from it, the image may get a program that was built for tests. Either way nothing can be shipped without the tests being run in that
very build, and nobody can run them alone.

Build the tests beside what ships, on the same stage, and run them by their own target: `docker build --target test .`

Copies of reports, test programs and marks that the tests have passed are meant, and not reported.

### Avoid

```dockerfile
FROM node:20 AS test
COPY . /app
WORKDIR /app
RUN npm ci && npm test
FROM test AS server
CMD ["node", "/app/server.js"]
```

### Prefer

```dockerfile
FROM node:20 AS build
COPY . /app
WORKDIR /app
RUN npm ci
FROM build AS test
RUN npm test
FROM build AS server
CMD ["node", "/app/server.js"]
```
]],
  options = {
    names = {
      type = "list", of = "pattern",
      default = {
        "test", "tests", "testing", "tester", "test[-_]*", "tests[-_]*", "*[-_]test", "*[-_]tests", "unittest*", "unit[-_]test*",
        "e2e", "e2e[-_]*", "lint", "linter",
      },
      help = "what test stages are called",
    },
  },
  check = function(build, report, options)
    local function is_test(stage)
      return stage.name ~= nil and stage.name:is(options.names)
    end

    for stage in each(build.needed) do
      for edge in each(is_test(stage) and not stage.target and stage.used_by or {}) do
        local user = edge.to
        if user.needed and not is_test(user) and not takes_results(edge) and reaches(build, user) then
          local base = edge.kind == "base"
          local instead = base and "build both on the stage below and run the tests by --target"
            or "take it from a stage that builds, and run the tests by --target"
          report {
            at = edge,
            message = ("'%s' %s the test stage '%s'; %s %s"):format(
              user, base and "is built FROM" or "takes files from", stage, instead, stage),
            evidence = { { at = stage.from, message = ("'%s' is a test stage by its name"):format(stage) } },
          }
        end
      end
    end
  end,
}
