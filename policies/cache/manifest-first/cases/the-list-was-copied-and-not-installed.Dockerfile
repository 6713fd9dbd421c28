FROM node:20
WORKDIR /app
COPY package.json yarn.lock ./
COPY . .
# expect: cache/manifest-first: copy package.json and yarn.lock first, install, then copy the rest
RUN yarn install --frozen-lockfile
