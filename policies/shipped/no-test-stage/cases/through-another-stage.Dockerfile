FROM node:20 AS test
RUN npm test
# expect: shipped/no-test-stage: 'build' is built FROM the test stage 'test'
FROM test AS build
RUN npm run build
FROM nginx:1.27
COPY --from=build /app/dist /usr/share/nginx/html
