# case: target=test
FROM node:20 AS lint
RUN npm run lint
FROM lint AS test
RUN npm test
FROM lint AS server
CMD ["node", "server.js"]
