# case: target=jre target=jdk
FROM eclipse-temurin:21-jre AS jre
# expect: shipped/no-compiler: 'jdk' ships jdk
FROM eclipse-temurin:21-jdk AS jdk
