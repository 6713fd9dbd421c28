FROM node:20
WORKDIR /app
COPY . .
# expect: cache/stable-first: 'npm install -g pm2' runs again
RUN npm install -g pm2
