-- What a command does to the project it stands in: builds it, or tests it.
local work = {}

local names = set {
  "go", "cargo", "mvn", "mvnw", "gradle", "gradlew", "dotnet", "swift", "npm", "yarn", "pnpm", "bun", "make", "pytest",
  "tox", "ctest", "rspec", "phpunit", "bundle",
}
local builds = {
  "go build*", "go install ./*", "cargo build*", "mvn* *package*", "mvn* *install*", "mvn* *compile*", "gradle* *build*",
  "gradle* *assemble*", "dotnet build*", "dotnet publish*", "swift build*", "npm run build*", "yarn build*",
  "yarn run build*", "pnpm build*", "pnpm run build*", "bun run build*",
}
local tests = {
  "go test*", "cargo test*", "mvn* test", "mvn* clean test", "gradle* test", "gradle* check", "dotnet test*", "swift test*",
  "npm test*", "npm run test*", "yarn test*", "yarn run test*", "pnpm test*", "pnpm run test*", "bun test*", "make test*",
  "make check*", "pytest*", "tox*", "ctest*", "rspec*", "phpunit*", "bundle exec rspec*",
}

-- The command without its flags: "go build .", "npm run build"; nil when it is none of those above.
local function text_of(command)
  if not names:has(command.name or "") then
    return nil
  end
  local words = { command.name }
  for argument in each(command.arguments) do
    words[#words + 1] = tostring(argument)
  end
  return table.concat(words, " ")
end

-- The first commands of a stage that build and test: the text of each, and where it stands.
function work.of(stage)
  local built, tested
  for run in each(stage:all("RUN")) do
    for command in each(run.script.commands) do
      local text = text_of(command)
      if text and not built and text:is(builds) then
        built = { at = command, text = text }
      elseif text and not tested and text:is(tests) and not tostring(command):is("* -c *") then -- go test -c only compiles
        tested = { at = command, text = text }
      end
    end
  end
  return built, tested
end

return work
