FROM nginx:1.27
# expect: shipped/no-secret-file: certs/server.key ships
COPY certs/server.key certs/server.crt /etc/nginx/
# expect: shipped/no-secret-file: id_ed25519
ADD deploy/id_ed25519 /root/.ssh/
# expect: shipped/no-secret-file: /root/.ssh/id_rsa ships
COPY keys/deploy /root/.ssh/id_rsa
# expect: shipped/no-secret-file: keystore.p12
COPY keystore.p12 /app/
RUN rm /root/.ssh/id_ed25519
