FROM python:3.12 AS test
COPY . .
RUN pip install -r requirements.txt && pytest > /report

FROM python:3.12-slim
COPY --from=test /report /report
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "main.py"]
