FROM node:20 AS build
WORKDIR /web
COPY . .
RUN npm ci && npm run build

# expect: stages/inherit-only-what-you-use: 'assets' lends only what it copies itself, and needs nothing of 'build'; build it FROM scratch
FROM build AS assets
COPY pictures /assets/pictures

FROM nginx:1.27
COPY --from=assets /assets/pictures /usr/share/nginx/html/pictures
COPY --from=build /web/dist /usr/share/nginx/html
