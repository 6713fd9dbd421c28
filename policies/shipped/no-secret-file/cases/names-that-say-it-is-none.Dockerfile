FROM nginx:1.27
COPY id_rsa.pub /root/.ssh/id_rsa.pub
COPY authorized_keys /root/.ssh/
COPY .env.example /app/.env.example
COPY tests/fixtures/server.key /etc/nginx/
COPY public-key.pem repo-signing-key.pem /etc/keys/
COPY ca.crt nginx.gpg.key /etc/ssl/certs/
