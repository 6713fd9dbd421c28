FROM scratch
COPY src secret.txt /app/
