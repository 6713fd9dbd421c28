FROM debian:12-slim
RUN apt-get update && apt-get install -y curl && /scripts/cleanup.sh
RUN if [ -n "$DEBUG" ]; then apt-get update && apt-get install -y gdb; fi
FROM registry.example/team/python:1
RUN pip install flask
