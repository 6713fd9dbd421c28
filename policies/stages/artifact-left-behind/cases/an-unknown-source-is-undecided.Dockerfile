ARG FROM_PATH
FROM python:3.12 AS build
WORKDIR /app
COPY . .
# expect: stages/artifact-left-behind: cannot tell
RUN pip install -r requirements.txt

FROM python:3.12-slim
ARG FROM_PATH
COPY --from=build $FROM_PATH /app
CMD ["python", "/app/main.py"]
