return {
  id = "pack/look",
  title = "What applies is said",
  severity = "info",
  help = [[Why not.]],
  check = function(build, report)
    local ignore = build.ignore
    report {
      at = ignore,
      message = "present " .. tostring(ignore.present) .. ", known " .. tostring(ignore.known) .. ", assumed "
        .. tostring(ignore.assumed) .. ", path " .. tostring(ignore.path),
    }
  end,
}
