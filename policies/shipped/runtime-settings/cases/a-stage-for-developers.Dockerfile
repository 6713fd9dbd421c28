FROM node:20 AS development
RUN npm ci
EXPOSE 3000
CMD ["npm", "run", "dev"]
FROM node:20-slim
COPY --from=development /app /app
CMD ["node", "/app/server.js"]
