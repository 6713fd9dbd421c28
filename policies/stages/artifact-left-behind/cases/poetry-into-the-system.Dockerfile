FROM python:3.12 AS build
RUN pip install poetry && poetry config virtualenvs.create false
WORKDIR /app
COPY . .
# expect: stages/artifact-left-behind: nothing takes the packages of pyproject.toml from build
RUN poetry install --only main

FROM python:3.12-slim
COPY --from=build /app /app
CMD ["python", "/app/main.py"]
