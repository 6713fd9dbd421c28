FROM node:20-alpine
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# expect: stages/focused: 'npm run build' runs in a stage that ships, with its source and tools
RUN npm run build
CMD ["node", "dist/main.js"]
