FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
# expect: stages/artifact-left-behind: nothing takes the packages of package.json from build into the image
RUN npm ci
COPY server.js .

FROM node:22-slim
WORKDIR /app
COPY --from=build /app/server.js .
CMD ["node", "server.js"]
