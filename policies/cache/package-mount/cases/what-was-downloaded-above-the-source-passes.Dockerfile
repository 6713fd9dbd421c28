FROM maven:3.9 AS dependencies
WORKDIR /src
COPY pom.xml .
RUN mvn -q dependency:go-offline

FROM dependencies AS build
COPY src src
RUN mvn -q -o package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/app.jar /app.jar
