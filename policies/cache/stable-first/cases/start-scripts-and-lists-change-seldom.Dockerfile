FROM python:3.12-slim
COPY start.sh requirements.txt ./
RUN apt-get update && apt-get install -y curl
