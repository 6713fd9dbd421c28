local names = {}

function names.of(image)
  return image.repository or "something"
end

function names.nobody_calls_this()
  return "nothing"
end

return names
