# case: target=server
FROM node:20 AS build
RUN npm ci
FROM build AS test
RUN npm test
FROM build AS server
CMD ["node", "server.js"]
FROM test AS later
RUN npm run coverage
