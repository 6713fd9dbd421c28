-- What a RUN installs, and whether it would do the same further up.
local installation = {}

-- Commands that only tidy up around an installation, and managers that install into the project they stand in.
local housekeeping = set { "rm", "set", "mkdir", "export", "true", ":", "umask" }
local of_a_project = set { "npm", "yarn", "pnpm", "bundle", "composer", "poetry", "pipenv", "uv" }

-- Whether a RUN does nothing but tell package managers something.
function installation.is_all_of(run)
  for command in each(run.script.commands) do
    if not command.operation and not housekeeping:has(command.name or "") then
      return false
    end
  end
  return run.script.known
end

-- Whether an operation does the same wherever it stands: packages by name, for the whole system.
local function stands_alone(operation)
  if operation.manifest or (of_a_project:has(operation.manager) and not operation.command:flag("-g", "--global")) then
    return false
  end
  for package in each(operation.packages) do
    local is_of_the_project = operation.manager == "go" and not package.version
    if is_of_the_project or package.source ~= "index" or not package.known then
      return false
    end
  end
  return true
end

-- The first installation of such a RUN where it needs nothing that is copied above it, or nil.
function installation.that_stands_alone(run)
  local operations = run:operations()
  for operation in each(operations) do
    if not stands_alone(operation) then
      return nil
    end
  end
  return run:operations("install")[1]
end

return installation
