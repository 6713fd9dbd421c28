-- What a COPY brings of the build context, and how a message names an instruction or a command.
local source = {}

-- Whether the last part of a path is a folder's name, as far as that tells: not "Makefile", "go.mod", "package*".
function source.is_folder_name(path)
  return not path:match("[^/]*$"):is("*[.*?]*", "*file", "[A-Z]*", "*requirements*")
end

-- The sources of a COPY or ADD that come from the build context and are known.
function source.of_context(copy)
  local found = {}
  for one in each(copy.sources) do
    if one.path and one.edge and one.edge.from_kind == "context" then
      found[#found + 1] = one
    end
  end
  return found
end

-- Files that are edited all the time, by their names.
source.files = { "*.py", "*.go", "*.js", "*.ts", "*.rb", "*.java", "*.php", "*.rs", "*.c", "*.cpp", "*.cs" }

-- Whether a COPY brings what is edited all the time: such files, or a folder, but not into one of the system.
function source.changes_often(copy, files)
  for one in each(source.of_context(copy)) do
    local name, to = one.path:match("[^/]*$"), copy.destination.path or copy.destination.text
    local is_folder = one.path == "." or source.is_folder_name(one.path)
    if name:is(files) or (is_folder and not to:is("/", "/etc*", "/usr*", "/var*", "/root", "/lib*")) then
      return true
    end
  end
  return false
end

function source.has_cache(run)
  for mount in each(run.mounts) do
    if mount.type == "cache" then
      return true
    end
  end
  return false
end

-- The words of a command, or of an instruction, on one line that is not too long.
function source.line_of(words)
  local text = {}
  for word in each(words) do
    text[#text + 1] = tostring(word)
  end
  text = table.concat(text, " ")
  return utf8.len(text) and utf8.len(text) > 60 and text:sub(1, utf8.offset(text, 58) - 1) .. "…" or text
end

return source
