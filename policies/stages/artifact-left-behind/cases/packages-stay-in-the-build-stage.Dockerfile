FROM python:3.12 AS build
WORKDIR /app
COPY requirements.txt .
# expect: stages/artifact-left-behind: nothing takes the packages of requirements.txt from build into the image
RUN pip install -r requirements.txt
COPY . .

FROM python:3.12-slim
WORKDIR /app
COPY --from=build /app /app
CMD ["python", "main.py"]
