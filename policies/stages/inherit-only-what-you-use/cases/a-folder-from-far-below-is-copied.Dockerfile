FROM node:20 AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci

FROM dependencies AS build
COPY . .
RUN npm run build

FROM build
# expect: stages/inherit-only-what-you-use: '/app/node_modules' is in this stage already, which is built FROM 'dependencies'
COPY --from=dependencies /app/node_modules /srv/node_modules
CMD ["node", "/app/dist/main.js"]
