# expect: shipped/no-compiler: probably: what ships contains jdk
FROM openjdk:8-alpine
COPY app.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
