# case: option:lists=true
FROM node:20 AS web
WORKDIR /web
COPY package.json package-lock.json ./
# expect: cache/package-mount: 'npm ci' downloads all packages again whenever it runs; add --mount=type=cache,target=/root/.npm to the RUN
RUN npm ci
COPY . .
RUN npm run build

FROM maven:3.9 AS build
WORKDIR /src
COPY pom.xml .
COPY src src
# expect: cache/package-mount: target=/root/.m2 to the RUN
RUN mvn -q package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/app.jar /app.jar
COPY --from=web /web/dist /web
