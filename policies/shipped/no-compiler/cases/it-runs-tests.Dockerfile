# expect: shipped/no-compiler: starts cargo test, so it may be an image to work in
FROM rust:1.80
COPY . .
CMD cargo test --all-features
