# case: option:lists=true
FROM python:3.12 AS build
COPY requirements.txt .
# expect: cache/package-mount: target=/root/.cache/pip to the RUN, and drop --no-cache-dir
RUN pip install --no-cache-dir --prefix=/install -r requirements.txt

FROM python:3.12-slim
COPY --from=build /install /usr/local
