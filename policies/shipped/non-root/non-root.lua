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

Exceptions: images that drop their privileges in an entrypoint; switch the policy off for their paths.

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
      report {
        when = stage.user.root,
        stage = stage,
        message = ("what ships runs as root (%s); add USER with another user at its end"):format(stage),
      }
    end
  end,
}
