FROM node:20-slim AS base
ENV NODE_ENV=production
EXPOSE 3000
FROM base AS build
RUN npm ci
FROM base
COPY --from=build /app /app
CMD ["node", "/app/server.js"]
