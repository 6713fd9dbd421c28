FROM node:20-slim
WORKDIR /app
# expect: shipped/no-whole-context: cannot tell
COPY . .
# expect: shipped/no-whole-context: cannot tell
ADD ./ /all/
CMD ["node", "server.js"]
