FROM node:20
COPY web /srv/web
WORKDIR /srv/web
# expect: cache/manifest-first: 'npm install' runs again
RUN ["npm", "install"]
