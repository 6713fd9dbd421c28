FROM node:20
WORKDIR /app
COPY . .
RUN npm install --package-lock-only
# expect: cache/manifest-first: 'npm ci' runs again
RUN npm ci
