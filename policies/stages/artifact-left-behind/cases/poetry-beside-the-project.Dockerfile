FROM python:3.12 AS build
RUN pip install poetry && poetry config virtualenvs.in-project true
WORKDIR /app
COPY . .
RUN poetry install --only main

FROM python:3.12-slim
COPY --from=build /app /app
CMD ["/app/.venv/bin/python", "/app/main.py"]
