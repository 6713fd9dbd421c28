# The same service as in Dockerfile, repaired: the packages go into a virtual environment, which the final stage takes
# along with the application, and the service does not run as root.

# Build: the interpreter with everything needed to install packages.
FROM python:3.9 AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install -r requirements.txt
COPY app.py .

# Intermediate: write down what was installed.
FROM build AS intermediate
RUN /venv/bin/pip freeze > installed.txt

# Final: a smaller interpreter, the packages and the application.
FROM python:3.9-slim
WORKDIR /app
COPY --from=intermediate /venv /venv
COPY --from=intermediate /app /app
USER 10001
EXPOSE 8000
CMD ["/venv/bin/python", "app.py"]
