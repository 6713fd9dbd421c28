return {
  id = "org/base",
  title = "An image goes by its names",
  severity = "warning",
  help = "An image in a mirror is called what it is called there, and what it is a copy of.",
  check = function(build, report)
    for image in each(build.images) do
      for glob in each({ "registry.corp/*", "docker.io/library/*", "*:1.22*", "docker.io/library/*:latest" }) do
        report { when = image:is(glob), at = image, message = ("is %s"):format(glob) }
      end
    end
  end,
}
