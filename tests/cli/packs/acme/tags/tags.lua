local names = require "names"

return {
  id = "acme/tags",
  title = "Tags are numbers",
  severity = "error",
  options = { strict = { type = "boolean", default = false, help = "no tag at all is wrong too" } },
  check = function(build, report, options)
    for image in each(build.images) do
      log("looks at", image)
      if image.tag == "latest" then
        report { at = image, message = ("%s is latest"):format(names.of(image)) }
      elseif options.strict then
        report { unless = image.tagged, message = "no tag" }
      end
    end
  end,
}
