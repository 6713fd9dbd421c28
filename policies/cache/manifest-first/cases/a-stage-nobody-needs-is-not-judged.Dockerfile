FROM node:20 AS old
WORKDIR /app
COPY . .
RUN npm ci

FROM node:20
COPY server.js /app/server.js
