FROM debian:12-slim
ARG VERSION=6.0
# expect: shipped/no-compiler: probably
RUN curl -fsSL https://download.swift.org/swift-$VERSION/debian12/swift-$VERSION-debian12.tar.gz -o swift.tar.gz && \
    tar -xzf swift.tar.gz --directory / --strip-components=1 && \
    rm swift.tar.gz
CMD ["/app"]
