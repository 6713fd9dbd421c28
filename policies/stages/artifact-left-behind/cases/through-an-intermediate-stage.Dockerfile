FROM python:3.9 AS build
WORKDIR /app
COPY . .
# expect: stages/artifact-left-behind: nothing takes the packages of requirements.txt from build into the image
RUN pip install --no-cache-dir -r requirements.txt

FROM build AS intermediate
RUN pip freeze > installed.txt

FROM python:3.9-slim
COPY --from=intermediate /app /app
CMD ["python", "/app/main.py"]
