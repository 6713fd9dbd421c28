# case: target=slim target=full
FROM python:3.12-slim AS slim
CMD ["python", "app.py"]

# expect: shipped/no-compiler: what ships contains
FROM python:3.12 AS full
CMD ["python", "app.py"]
