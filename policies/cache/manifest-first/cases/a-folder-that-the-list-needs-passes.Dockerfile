FROM python:3.12
WORKDIR /app
COPY requirements.txt .
COPY shared shared
RUN pip install -r requirements.txt
COPY . .
