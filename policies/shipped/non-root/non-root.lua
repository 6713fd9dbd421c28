-- Whoever starts a program says what it runs as, and whoever says USER root and nothing else means it.
local function is_for_sure(stage)
  local starts = stage.cmd.instruction or stage.entrypoint.instruction
  return stage.runs.yes or (stage.user.instruction and not starts)
end

-- What starts as root so that others need not: programs for that, and the first process of a whole system.
local function gives_up_root(stage)
  local starts = stage.runs.found[1] or ""
  return stage:contains("step-down").yes or starts:is("init", "systemd", "s6-svscan", "runsvdir")
end

return {
  id = "shipped/non-root",
  title = "What ships does not run as root",
  severity = "warning",
  tags = { "security" },
  aliases = { "DL3002", "DS-0002", "CKV_DOCKER_3", "CKV_DOCKER_8" },
  help = [[
A process that runs as root inside a container is root on the host if it ever gets out, and needs no exploit to change
anything inside.

Set USER in the stage that ships, or build it on an image that sets one. Only the user at the end counts: `USER root` for an
installation is fine when another USER follows. A numeric user lets Kubernetes check `runAsNonRoot`.

Exceptions: an image that gives up its privileges when it starts, with gosu, su-exec or s6, passes. Of one that starts nothing,
or a shell or a build tool alone, others choose the user: that is undecided. `unknown: warning` in the configuration is stricter.

### Avoid

```dockerfile
FROM debian:12-slim
CMD ["sleep", "1"]
```

### Prefer

```dockerfile
FROM debian:12-slim
USER 10001
CMD ["sleep", "1"]
```
]],
  check = function(build, report)
    for stage in each(build.targets) do
      local root = stage.user.root
      if not (root.yes and gives_up_root(stage)) then
        local depends = root.yes and not is_for_sure(stage)
        report {
          when = depends and stage.runs or root,
          at = root,
          stage = stage,
          message = ("what ships runs as root (%s); add USER with another user at its end"):format(stage),
          evidence = depends and root.evidence or nil,
        }
      end
    end
  end,
}
