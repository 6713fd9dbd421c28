-- Where the tools of languages keep what they downloaded or compiled, for the next time they run.

-- By tool: the folder, the variable that says another one and what that one has below it, and what is done again without.
local tools = {
  npm = { "/root/.npm", "npm_config_cache", "", "downloads all packages" },
  pnpm = { "/root/.local/share/pnpm/store", "PNPM_HOME", "/store", "downloads all packages" },
  yarn = { "/usr/local/share/.cache/yarn", "YARN_CACHE_FOLDER", "", "downloads all packages" },
  pip = { "/root/.cache/pip", "PIP_CACHE_DIR", "", "downloads all packages" },
  poetry = { "/root/.cache/pypoetry", "POETRY_CACHE_DIR", "", "downloads all packages" },
  uv = { "/root/.cache/uv", "UV_CACHE_DIR", "", "downloads all packages" },
  cargo = { "/root/.cargo/registry", "CARGO_HOME", "/registry", "downloads all crates" },
  go = { "/root/.cache/go-build", "GOCACHE", "", "compiles all packages" },
  maven = { "/root/.m2", nil, "", "downloads all packages" },
  gradle = { "/root/.gradle", "GRADLE_USER_HOME", "", "downloads all packages" },
  dotnet = { "/root/.nuget/packages", "NUGET_PACKAGES", "", "downloads all packages" },
}

-- The tools that download when they build: what they are called, and the words that make them.
local builders = {
  go = { "go", "build", "install" },
  cargo = { "cargo", "build", "install" },
  mvn = { "maven", "*" },
  mvnw = { "maven", "*" },
  gradle = { "gradle", "*" },
  gradlew = { "gradle", "*" },
  dotnet = { "dotnet", "restore", "build", "publish" },
}

local function tool_of(command)
  local builder = builders[command.name or ""]
  if builder then
    local word = command.arguments[1]
    local is_one = word and tostring(word):is(table.unpack(builder, 2))
    return is_one and not tostring(command):is("*@*", "* -a *") and builder[1] -- a@1.2: not of this project; -a: no cache
  end
  local operation = command.operation
  local installs = operation and operation.manifest and (operation.action == "install" or operation.action == "download")
  return installs and tools[operation.manager] and not tostring(command):is("*--package-lock-only*") and operation.manager
end

-- Where the tool of a command keeps things.
local function folder_of(command, tool)
  local folder, variable, below = table.unpack(tools[tool], 1, 3)
  local elsewhere = variable and command.instruction.before:env(variable).value
  if elsewhere then
    return elsewhere .. below
  elseif tool == "cargo" and command.stage.root:is("*/rust").yes then
    return "/usr/local/cargo/registry"
  elseif tool == "yarn" and tostring(command):is("*--immutable*", "*workspaces focus*") then
    return "/root/.yarn/berry/cache"
  end
  return folder
end

-- What a RUN uses: each command with its tool, the folder, what it does again without a cache, and the flag by which it
-- refuses one.
return function(run)
  local found = {}
  for command in each(run.script.commands) do
    local tool = tool_of(command)
    if tool then
      local refuses = command:flag("--no-cache-dir") and "--no-cache-dir" or command:flag("--no-cache") and "--no-cache"
      found[#found + 1] = {
        command = command, tool = tool, folder = folder_of(command, tool), again = tools[tool][4], refuses = refuses or nil,
      }
    end
  end
  return found
end
