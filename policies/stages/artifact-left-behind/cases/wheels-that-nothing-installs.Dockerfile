FROM python:3.12 AS build
COPY requirements.txt .
# expect: stages/artifact-left-behind: the packages may be in the wheels that are copied
RUN pip install -r requirements.txt
RUN pip wheel --wheel-dir /wheels -r requirements.txt

FROM python:3.12-slim
COPY --from=build /wheels /wheels
CMD ["python", "main.py"]
