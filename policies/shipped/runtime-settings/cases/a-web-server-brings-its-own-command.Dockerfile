FROM node:20 AS build
RUN npm run build
EXPOSE 3000
CMD ["npm", "start"]
FROM nginx:1.27
COPY --from=build /app/dist /usr/share/nginx/html
