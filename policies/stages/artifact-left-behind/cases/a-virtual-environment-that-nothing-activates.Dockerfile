FROM python:3.12 AS build
RUN python -m venv /opt/venv
COPY requirements.txt .
# expect: stages/artifact-left-behind: nothing takes the packages of requirements.txt from build
RUN pip install -r requirements.txt

FROM python:3.12-slim
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
CMD ["python", "main.py"]
