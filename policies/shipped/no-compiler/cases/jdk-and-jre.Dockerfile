# case: target=jre target=jdk
FROM eclipse-temurin:21-jre AS jre
CMD ["java", "-jar", "app.jar"]

# expect: shipped/no-compiler: what ships contains jdk
FROM eclipse-temurin:21-jdk AS jdk
CMD ["java", "-jar", "app.jar"]
