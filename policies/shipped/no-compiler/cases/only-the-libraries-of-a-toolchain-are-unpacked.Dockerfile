FROM debian:12-slim
ARG VERSION=6.0
RUN curl -fsSL https://download.swift.org/swift-$VERSION/debian12/swift-$VERSION-debian12.tar.gz -o swift.tar.gz && \
    tar -xzf swift.tar.gz --directory / --strip-components=1 swift-$VERSION-debian12/usr/lib/swift/linux && \
    rm swift.tar.gz
