FROM node:20-slim
# expect: shipped/no-package-cache: npm ci leaves downloaded packages
RUN npm ci --omit=dev
# expect: shipped/no-package-cache: 'yarn cache clean'
RUN yarn
RUN npm ci && npm cache clean --force
