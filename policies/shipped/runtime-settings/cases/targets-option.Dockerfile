# case: option:targets=local
FROM node:20 AS local
RUN npm ci
EXPOSE 3000
FROM node:20-slim
COPY --from=local /app /app
CMD ["node", "/app/server.js"]
