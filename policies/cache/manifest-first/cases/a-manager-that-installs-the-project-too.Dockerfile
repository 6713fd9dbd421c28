FROM python:3.12
WORKDIR /app
COPY . .
# expect: cache/manifest-first: copy pyproject.toml and poetry.lock first, run 'poetry install --no-root'
RUN poetry install
