FROM python:3.12 AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install -r requirements.txt

FROM build AS list
RUN /venv/bin/pip freeze > installed.txt

FROM python:3.12-slim
COPY --from=list /app /app
COPY --from=list /venv /venv
CMD ["/venv/bin/python", "/app/main.py"]
