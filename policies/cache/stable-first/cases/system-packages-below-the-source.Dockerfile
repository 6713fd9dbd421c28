FROM python:3.12-slim
WORKDIR /app
COPY app.py requirements.txt ./
RUN pip install -r requirements.txt
# expect: cache/stable-first: 'apt-get install -y curl' runs again whenever a copied file changes
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
