FROM python:3.12
WORKDIR /app
COPY . .
RUN if [ -s requirements.txt ]; then pip install -r requirements.txt; fi
