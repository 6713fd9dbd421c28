FROM node:22 AS build
WORKDIR /app
COPY . .
RUN npm ci
RUN npx esbuild src/main.ts --bundle --platform=node --outfile=dist/main.js

FROM node:22-slim
COPY --from=build /app/dist /app
CMD ["node", "/app/main.js"]
