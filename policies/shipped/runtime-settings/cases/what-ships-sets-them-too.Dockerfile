FROM node:20 AS build
RUN npm ci
ENV NODE_ENV=production
EXPOSE 3000
USER node
CMD ["node", "server.js"]
FROM node:20-slim
ENV NODE_ENV=production
EXPOSE 8080
USER node
COPY --from=build /app /app
CMD ["node", "/app/server.js"]
