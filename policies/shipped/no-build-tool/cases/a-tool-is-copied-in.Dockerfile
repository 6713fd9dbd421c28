FROM eclipse-temurin:17-jre
# expect: shipped/no-build-tool: what ships contains maven
COPY --from=maven:3.9-eclipse-temurin-17 /usr/share/maven /usr/share/maven
CMD ["java", "-jar", "/app.jar"]
