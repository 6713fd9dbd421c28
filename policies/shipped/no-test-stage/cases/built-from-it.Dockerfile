FROM node:20 AS base
FROM base AS test
RUN npm test
# expect: shipped/no-test-stage: 'server' is built FROM the test stage 'test'
FROM test AS server
CMD ["node", "server.js"]
