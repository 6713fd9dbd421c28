FROM node:20 AS build
WORKDIR /web
COPY . .
RUN npm ci && npm run build

FROM build AS site
COPY pictures /web/dist/pictures

FROM nginx:1.27
COPY --from=site /web/dist /usr/share/nginx/html
