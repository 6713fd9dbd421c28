FROM rust:1.79 AS build
WORKDIR /src
COPY . .
# expect: cache/package-mount: target=/usr/local/cargo/registry to the RUN
RUN cargo build --release

FROM debian:12-slim
COPY --from=build /src/target/release/server /server
