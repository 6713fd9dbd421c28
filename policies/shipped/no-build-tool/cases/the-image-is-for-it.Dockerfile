FROM eclipse-temurin:17-jre
COPY --from=maven:3.9-eclipse-temurin-17 /usr/share/maven /usr/share/maven
CMD ["mvn"]
