FROM node:20-slim
COPY package.json ./
COPY src ./src
COPY --exclude=.git . /app
CMD ["node", "src/server.js"]
