# expect: shipped/no-compiler: starts catalina.sh with nothing to serve, so it may be an image to build on
FROM eclipse-temurin:21-jdk
RUN curl -fsSL https://dlcdn.apache.org/tomcat/tomcat-11/v11.0.1/bin/apache-tomcat-11.0.1.tar.gz | tar -xz -C /usr/local
COPY setenv.sh /usr/local/bin/
CMD ["catalina.sh", "run"]
