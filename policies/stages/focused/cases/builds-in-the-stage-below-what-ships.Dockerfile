FROM node:20-alpine AS base
WORKDIR /app
COPY . .
# expect: stages/focused: 'yarn build' runs in a stage that ships
RUN yarn install && yarn build

FROM base
CMD ["node", "dist/main.js"]
