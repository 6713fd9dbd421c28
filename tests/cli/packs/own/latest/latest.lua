-- The policy that the command cases judge by, so that they do not change when a built-in policy's words do.
return {
  id = "own/latest",
  title = "Tags are versions",
  severity = "warning",
  aliases = { "DL3007" },
  help = [[Why not.]],
  check = function(build, report)
    for image in each(build.images) do
      if image.tag == "latest" then
        report {
          at = image,
          message = "the tag of '" .. tostring(image) .. "' is latest",
          evidence = { { message = "this stage ships", at = build.targets[1] } },
        }
      end
    end
  end,
}
