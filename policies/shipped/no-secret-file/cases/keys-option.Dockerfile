# case: option:keys=*.kdbx option:others=token
FROM debian:12-slim
# expect: shipped/no-secret-file: vault.kdbx
COPY vault.kdbx /
# expect: shipped/no-secret-file: config/token
COPY config/token /
COPY id_rsa .env /
