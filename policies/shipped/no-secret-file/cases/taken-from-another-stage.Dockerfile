FROM debian:12 AS build
RUN git clone git@example.com:app.git
FROM debian:12-slim
# expect: shipped/no-secret-file: /root/.ssh ships
COPY --from=build /root/.ssh /root/keys
