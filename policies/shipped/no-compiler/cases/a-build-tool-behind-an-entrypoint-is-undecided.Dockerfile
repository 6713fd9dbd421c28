# expect: shipped/no-compiler: starts mvn alone
FROM eclipse-temurin:21-jdk
COPY mvn-entrypoint.sh /usr/local/bin/
ENTRYPOINT ["/usr/local/bin/mvn-entrypoint.sh"]
CMD ["mvn"]
