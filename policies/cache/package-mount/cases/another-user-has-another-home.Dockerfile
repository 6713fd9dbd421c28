FROM node:20 AS build
USER node
WORKDIR /home/node/app
COPY package.json package-lock.json ./
RUN npm ci

FROM nginx:1.27
COPY --from=build /home/node/app /usr/share/nginx/html
