FROM node:20 AS build
COPY .npmrc .env id_rsa /app/
RUN npm ci
FROM node:20-slim
COPY --from=build /app/node_modules /app/node_modules
