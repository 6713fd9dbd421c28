FROM python:3.12 AS build
COPY . /app
RUN pip install --no-cache-dir --prefix /install -r /app/requirements.txt
FROM build AS intermediate
RUN pip freeze > /app/installed.txt
# expect: shipped/runtime-settings: ENV APP_MODE of 'intermediate' is lost
ENV APP_MODE=production
# expect: shipped/runtime-settings: EXPOSE 8000
EXPOSE 8000
# expect: shipped/runtime-settings: USER app
USER app
# expect: shipped/runtime-settings: HEALTHCHECK
HEALTHCHECK CMD curl -f http://localhost:8000/
# expect: shipped/runtime-settings: CMD of 'intermediate' is lost
CMD ["python", "/app/app.py"]
FROM python:3.12-slim
COPY --from=intermediate /app /app
