FROM python:3.12 AS docs
COPY . .
RUN pip install -r requirements.txt && mkdocs build -d /site

FROM nginx:1.27
COPY --from=docs /site /usr/share/nginx/html
