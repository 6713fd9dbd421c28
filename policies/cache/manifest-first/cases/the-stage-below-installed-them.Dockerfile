FROM node:20 AS dependencies
WORKDIR /app
COPY package*.json ./
RUN npm ci

FROM dependencies
COPY . .
RUN npm install
