FROM node:20-alpine AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build

# Nothing of the image needs it.
FROM build AS checks
RUN npm test

FROM node:20-alpine
COPY --from=build /app/dist /app
CMD ["node", "/app/main.js"]
