return {
  id = "stages/artifact-left-behind",
  title = "What a stage installs for the image reaches the image",
  severity = "error",
  tags = { "correctness" },
  help = [[
A stage installed the packages of a manifest, the stage that ships runs that language, and nothing carries the packages over:
the image builds, and fails when it starts.

Install into a folder of its own (a virtual environment, `--prefix`, `--target`, `node_modules` beside the application) and copy
that folder too, or install in the stage that ships.

Typical: `pip install -r requirements.txt` writes into the builder's own site-packages, and the last stage copies only `/app`.

### Avoid

```dockerfile
FROM python:3.12 AS build
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
FROM python:3.12-slim
COPY --from=build /app /app
CMD ["python", "/app/main.py"]
```

### Prefer

```dockerfile
FROM python:3.12 AS build
WORKDIR /app
RUN python -m venv /venv
COPY . .
RUN /venv/bin/pip install -r requirements.txt
FROM python:3.12-slim
COPY --from=build /venv /venv
COPY --from=build /app /app
CMD ["/venv/bin/python", "/app/main.py"]
```
]],
  check = function(build, report)
    for stage in each(build.stages) do
      for item in each(stage.left_behind) do
        report {
          when = item,
          message = ("nothing takes the %s from %s into the image"):format(item, stage),
        }
      end
    end
  end,
}
