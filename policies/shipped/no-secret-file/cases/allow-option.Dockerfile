# case: option:allow=.env
FROM node:20-slim
COPY .env ./
