# case: option:names=check,verify
FROM node:20 AS verify
RUN npm test
# expect: shipped/no-test-stage: test stage 'verify'
FROM verify
CMD ["node", "server.js"]
