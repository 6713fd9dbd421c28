-- A finding on every instruction, whose words are the instruction's own: hostile where the file is.
return {
  id = "own/every",
  title = "Every instruction is told",
  severity = "warning",
  tags = { "security" },
  help = [[Because consumers are to see them.

Do not judge by this policy elsewhere.]],
  check = function(build, report)
    for instruction in each(build.instructions) do
      report {
        at = instruction,
        message = ("this is `%s` [here](1) <b>&'\" \27[31m"):format(tostring(instruction)),
        evidence = { { message = "this stage ships | ::error::", at = build.targets[1] } },
      }
    end
  end,
}
