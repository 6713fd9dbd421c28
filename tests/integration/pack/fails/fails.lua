-- Fails on every file.
return {
  id = "own/fails",
  title = "Nothing is judged",
  severity = "error",
  enabled = false,
  help = [[Why not.]],
  check = function()
    error("no <judgement> & ::error::")
  end,
}
