FROM python:3.12
WORKDIR /app
COPY requirements ./requirements
RUN pip install -r requirements/production.txt
COPY . .
