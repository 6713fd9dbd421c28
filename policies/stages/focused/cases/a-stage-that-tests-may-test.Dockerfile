# case: target=server target=unit-tests
FROM node:20-alpine AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build

FROM build AS unit-tests
RUN npm test

FROM node:20-alpine AS server
COPY --from=build /app/dist /app
CMD ["node", "/app/main.js"]
