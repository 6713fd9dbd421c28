# expect: shipped/non-root: what ships runs as root
FROM nginx:1.27
COPY html /usr/share/nginx/html
