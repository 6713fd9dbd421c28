FROM eclipse-temurin:21-jdk AS build
COPY . .
RUN ./mvnw package

# expect: shipped/no-compiler: what ships contains jdk
FROM eclipse-temurin:21-jdk
COPY --from=build /target/app.war /usr/local/tomcat/webapps/ROOT.war
CMD ["catalina.sh", "run"]
