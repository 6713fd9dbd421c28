FROM node:20-slim
# expect: shipped/no-secret-file: .env ships
COPY .env ./
# expect: shipped/no-secret-file: /root/.netrc ships
COPY <<EOF /root/.netrc
machine example.com login me password secret
EOF
COPY --from=registry.example/tools:1 /bin/tool /bin/
# expect: shipped/no-secret-file: /root/.aws
COPY aws /root/.aws
