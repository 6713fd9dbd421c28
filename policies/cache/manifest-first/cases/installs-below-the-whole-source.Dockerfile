FROM node:20
WORKDIR /app
COPY . .
# expect: cache/manifest-first: 'npm ci --omit=dev' runs again after any change of the source; copy package.json and package-lock.json first
RUN npm ci --omit=dev
