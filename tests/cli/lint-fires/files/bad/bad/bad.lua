local function helper(stage)
  if stage:contains("x") then return 1 end
  return nil
end

return {
  id = "bad/bad",
  title = "x",
  severity = "error",
  help = "x",
  options = {
    unused = { type = "boolean", default = false },
    names = { type = "map", of = "string", default = {}, help = "x" },
    used = { type = "list", of = "string", default = {}, help = "x" },
  },
  check = function(build, report, options)
    for stage in each(build.shiped) do end
    for _, stage in ipairs(build.shipped) do
      local shell = stage:contains("shell")
      if shell then report { at = stage, mesage = "x", message = "y" } end
      if not stage.user.root then log(1) end
      if stage.user == "root" then log(stage.nmae) end
      local list = { stage.name, stage.index }
      log(#list, #options.names, #{ stage.name, 1 }, #{ 1, stage.name })
      local t = {}
      t[#t + 1] = 1
      t[#t] = nil
      log(#t)
      local holes = { 1, 2, 3 }
      holes[2] = nil
      log(#holes, options.usd, #options.used)
      while stage:installs("x") and shell.yes do end
      if stage.packages then end
      local cond = stage.name and stage.base
      if cond then end
      if stage.from.script then end
      pirnt(1)
    end
  end,
}
