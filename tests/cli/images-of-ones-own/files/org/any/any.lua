return {
  id = "org/any",
  title = "No image has a C compiler",
  severity = "warning",
  help = "Says what is known of each image.",
  check = function(build, report)
    for image in each(build.images) do
      report { when = image:contains("c-compiler"), at = image, message = ("'%s' has one"):format(image) }
    end
  end,
}
