FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
# expect: stages/focused: 'pytest tests' runs in a stage that ships, with all that it needs
RUN pytest -q tests
CMD ["python", "main.py"]
