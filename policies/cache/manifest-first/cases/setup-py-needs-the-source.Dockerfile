FROM python:3.12
WORKDIR /app
COPY . .
RUN python setup.py install
