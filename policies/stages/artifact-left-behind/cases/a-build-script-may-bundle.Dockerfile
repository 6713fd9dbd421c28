FROM node:22 AS build
WORKDIR /app
COPY . .
# expect: stages/artifact-left-behind: 'npm run build' may put the packages into what is copied
RUN npm ci
RUN npm run build

FROM node:22-slim
COPY --from=build /app/dist /app
CMD ["node", "/app/main.js"]
