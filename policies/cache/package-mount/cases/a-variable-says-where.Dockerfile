# case: option:lists=true
FROM node:20 AS build
ENV PNPM_HOME=/pnpm
WORKDIR /web
COPY package.json pnpm-lock.yaml ./
# expect: cache/package-mount: target=/pnpm/store to the RUN
RUN pnpm install --frozen-lockfile

FROM nginx:1.27
COPY --from=build /web /usr/share/nginx/html
