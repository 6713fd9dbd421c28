FROM python:3.12 AS build
# expect: shipped/runtime-settings: ENV PYTHONUNBUFFERED of 'build' is lost
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
RUN pip install --target /app -r requirements.txt
FROM python:3.12-slim
COPY --from=build /app /app
CMD ["python", "/app/server.py"]
