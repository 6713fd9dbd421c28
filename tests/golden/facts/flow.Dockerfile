# What goes from stage to stage, and what does not.

FROM golang:1.22 AS build
RUN go build -o /out/app .

FROM debian:12-slim AS only-the-program
COPY --from=build /out/app /usr/local/bin/app
# expect: contains native-compiler: no

FROM scratch AS the-whole-root
COPY --from=build / /
# expect: contains native-compiler shell: yes: c-compiler, cxx-compiler, go-toolchain, shell:sh, shell:bash
#   [/] / is copied from stage 'build'
#   [golang:1.22] stage 'build' is built FROM golang:1.22
#   [catalogue] golang:1.22 contains c-compiler, cxx-compiler, go-toolchain, shell:sh, shell:bash

FROM debian:12-slim AS all-of-usr
COPY --from=build /usr /usr
# expect: contains native-compiler: yes: c-compiler, cxx-compiler, go-toolchain
#   [/usr] /usr is copied from stage 'build'
#   [golang:1.22] stage 'build' is built FROM golang:1.22
#   [catalogue] golang:1.22 contains c-compiler, cxx-compiler, go-toolchain

FROM debian:12-slim AS the-toolchain
COPY --from=build /usr/local/go /usr/local/go
# expect: contains native-compiler: yes: go-toolchain
#   [/usr/local/go] /usr/local/go is copied from stage 'build'
#   [golang:1.22] stage 'build' is built FROM golang:1.22
#   [catalogue] golang:1.22 contains go-toolchain

FROM debian:12-slim AS the-toolchains-parent
COPY --from=build /usr/local/ /usr/local/
# expect: contains native-compiler: yes: go-toolchain
#   [/usr/local/] /usr/local is copied from stage 'build'
#   [golang:1.22] stage 'build' is built FROM golang:1.22
#   [catalogue] golang:1.22 contains go-toolchain

FROM debian:12-slim AS the-toolchains-program
COPY --from=build /usr/local/go/bin/go /usr/local/go/bin/
# expect: contains go-toolchain: no

FROM the-toolchain AS built-on-it
RUN true
# expect: contains native-compiler: yes: go-toolchain
#   [the-toolchain] stage 'built-on-it' is built FROM stage 'the-toolchain'
#   [/usr/local/go] /usr/local/go is copied from stage 'build'
#   [golang:1.22] stage 'build' is built FROM golang:1.22
#   [catalogue] golang:1.22 contains go-toolchain

FROM debian:12-slim AS copied-twice
COPY --from=built-on-it /usr/local /usr/local
# expect: contains native-compiler: yes: go-toolchain
#   [/usr/local] /usr/local is copied from stage 'built-on-it'
#   [the-toolchain] stage 'built-on-it' is built FROM stage 'the-toolchain'
#   [/usr/local/go] /usr/local/go is copied from stage 'build'
#   [golang:1.22] stage 'build' is built FROM golang:1.22
#   [catalogue] golang:1.22 contains go-toolchain

FROM debian:12-slim AS an-application-folder
COPY --from=build /app /app
# expect: contains native-compiler: no

FROM debian:12-slim AS from-an-image
COPY --from=rust:1.79 /usr/local/cargo /usr/local/cargo
# expect: contains native-compiler: yes: rust-toolchain
#   [/usr/local/cargo] /usr/local/cargo is copied from rust:1.79
#   [catalogue] rust:1.79 contains rust-toolchain

FROM debian:12-slim AS from-an-unknown-image
COPY --from=registry.example/tools:1 /usr/local/go /usr/local/go
# expect: contains native-compiler: unknown: go-toolchain?
#   [/usr/local/go] /usr/local/go is copied from registry.example/tools:1
#   [registry.example/tools:1] registry.example/tools:1 is not in the catalogue of images

FROM debian:12-slim AS all-of-an-unknown-image
COPY --from=registry.example/tools:1 / /
# expect: contains native-compiler: unknown: ?
#   [/] / is copied from registry.example/tools:1
#   [registry.example/tools:1] registry.example/tools:1 is not in the catalogue of images

FROM debian:12-slim AS apt-build
RUN apt-get update && apt-get install -y --no-install-recommends gcc

FROM debian:12-slim AS where-packages-lie
COPY --from=apt-build /usr/bin /usr/bin
# expect: contains native-compiler: yes: c-compiler
#   [/usr/bin] /usr/bin is copied from stage 'apt-build'
#   [gcc] apt installs gcc, which brings c-compiler

FROM debian:12-slim AS where-packages-do-not-lie
COPY --from=apt-build /usr/local /usr/local
# expect: contains native-compiler: no

FROM debian:12-slim AS a-mount-brings-nothing
RUN --mount=type=bind,from=build,source=/usr/local/go,target=/usr/local/go go version
# expect: contains native-compiler: no

FROM python:3.12 AS venv
RUN python -m venv /venv && /venv/bin/pip install cmake ziglang flask

FROM python:3.12-slim AS a-virtual-environment
COPY --from=venv /venv /venv
# expect: contains native-compiler cmake python-runtime: yes: c-compiler, cxx-compiler, zig-toolchain, cmake, python-runtime
#   [/venv] /venv is copied from stage 'venv'
#   [ziglang] pip installs ziglang, which brings c-compiler, cxx-compiler, zig-toolchain
#   [cmake] pip installs cmake, which brings cmake
#   [python:3.12-slim] stage 'a-virtual-environment' is built FROM python:3.12-slim
#   [catalogue] python:3.12-slim contains python-runtime
# expect: has_path /venv: yes: /venv
#   [COPY --from=venv /venv /venv] /venv from stage 'venv' is copied to /venv

FROM debian:12-slim AS a-virtual-environment-that-dangles
COPY --from=venv /venv /venv
# expect: contains python-runtime: no

FROM node:20 AS modules
WORKDIR /app
COPY package.json .
RUN npm install typescript express

FROM node:20-slim AS modules-taken-along
WORKDIR /app
COPY --from=modules /app/node_modules ./node_modules
# expect: contains transpiler: yes: typescript-compiler
#   [/app/node_modules] /app/node_modules is copied from stage 'modules'
#   [typescript] npm installs typescript, which brings typescript-compiler

FROM node:20-slim AS modules-of-the-whole-application
COPY --from=modules /app /srv
# expect: contains transpiler: yes: typescript-compiler
#   [/app] /app is copied from stage 'modules'
#   [typescript] npm installs typescript, which brings typescript-compiler

FROM node:20-slim AS modules-that-stay
COPY --from=modules /app/dist /srv
# expect: contains transpiler: no

FROM node:20 AS global-modules
RUN npm install -g typescript
FROM node:20-slim AS global-modules-taken-along
COPY --from=global-modules /usr/local/lib/node_modules /usr/local/lib/node_modules
# expect: contains transpiler: yes: typescript-compiler
#   [/usr/local/lib/node_modules] /usr/local/lib/node_modules is copied from stage 'global-modules'
#   [typescript] npm installs typescript, which brings typescript-compiler

FROM python:3.12 AS wheels
RUN pip install --prefix=/install ziglang
FROM python:3.12-slim AS a-prefix-taken-along
COPY --from=wheels /install /usr/local
# expect: contains native-compiler: yes: c-compiler, cxx-compiler, zig-toolchain
#   [/install] /install is copied from stage 'wheels'
#   [ziglang] pip installs ziglang, which brings c-compiler, cxx-compiler, zig-toolchain

FROM build AS test
RUN go test ./...
FROM debian:12-slim AS rests-on-a-test
COPY --from=test /out/app /app
# expect: depends_on test*: yes: test
#   [test] stage 'rests-on-a-test' copies from stage 'test'
# expect: depends_on venv: no

FROM debian:12-slim AS paths
WORKDIR /srv/app
COPY --from=build /out/app .
COPY config.yaml /etc/app/config.yaml
# expect: has_path /srv/app: yes: /srv/app
#   [WORKDIR /srv/app] WORKDIR makes /srv/app
#   [COPY --from=build /out/app .] /out/app from stage 'build' is copied to /srv/app
# expect: has_path /etc/app: yes: /etc/app
#   [COPY config.yaml /etc/app/config.yaml] config.yaml is copied to /etc/app/config.yaml
# expect: has_path /srv/app/missing: unknown: /srv/app/missing?
#   [debian:12-slim] which files debian:12-slim has is not known
#   [COPY --from=build /out/app .] /out/app from stage 'build' is copied to /srv/app, which may bring it

FROM scratch AS paths-of-scratch
COPY --from=build /out/app /bin/app
# expect: has_path /bin/app: yes: /bin/app
#   [COPY --from=build /out/app /bin/app] /out/app from stage 'build' is copied to /bin/app
# expect: has_path /etc/passwd: no
#   [scratch] scratch is empty

FROM debian:12 AS unpacked-elsewhere
RUN mkdir /opt/jdk && curl -fsSL https://download.java.net/java/GA/jdk21/openjdk-21_linux-x64_bin.tar.gz \
  | tar -xz -C /opt/jdk --strip-components=1
FROM debian:12-slim AS a-jdk-that-was-unpacked-elsewhere
COPY --from=unpacked-elsewhere /opt/jdk /opt/java
# expect: contains managed-compiler: yes: jdk~
#   [/opt/jdk] /opt/jdk is copied from stage 'unpacked-elsewhere'
#   [https://download.java.net/java/GA/jdk21/openjdk-21_linux-x64_bin.tar.gz] https://download.java.net/java/GA/jdk21/openjdk-21_linux-x64_bin.tar.gz is taken to bring jdk

FROM debian:12-slim AS a-jdk-that-moved-again
COPY --from=a-jdk-that-was-unpacked-elsewhere /opt/java /usr/lib/java
# expect: contains managed-compiler: yes: jdk~
#   [/opt/java] /opt/java is copied from stage 'a-jdk-that-was-unpacked-elsewhere'
#   [/opt/jdk] /opt/jdk is copied from stage 'unpacked-elsewhere'
#   [https://download.java.net/java/GA/jdk21/openjdk-21_linux-x64_bin.tar.gz] https://download.java.net/java/GA/jdk21/openjdk-21_linux-x64_bin.tar.gz is taken to bring jdk

FROM debian:12-slim AS what-lies-beside-the-jdk
COPY --from=unpacked-elsewhere /opt/app /opt/app
# expect: contains managed-compiler: no

FROM debian:12 AS unpacked-into-a-shared-folder
RUN curl -fsSLO https://download.java.net/java/GA/jdk21/openjdk-21_linux-x64_bin.tar.gz \
 && tar -xzf openjdk-21_linux-x64_bin.tar.gz -C /opt
FROM debian:12-slim AS some-folder-beside-it
COPY --from=unpacked-into-a-shared-folder /opt/jdk-21 /opt/jdk-21
# expect: contains managed-compiler: unknown: jdk?
#   [/opt/jdk-21] /opt/jdk-21 is copied from stage 'unpacked-into-a-shared-folder'
#   [https://download.java.net/java/GA/jdk21/openjdk-21_linux-x64_bin.tar.gz] https://download.java.net/java/GA/jdk21/openjdk-21_linux-x64_bin.tar.gz is taken to bring jdk

FROM debian:12-slim AS by-a-variable-of-the-image
COPY --from=eclipse-temurin:21 $JAVA_HOME $JAVA_HOME
# expect: contains managed-compiler: unknown: jdk?
#   [$JAVA_HOME] $JAVA_HOME is copied from eclipse-temurin:21
#   [catalogue] eclipse-temurin:21 contains jdk

FROM python:3.12-slim AS a-deleted-environment
RUN python -m venv /tools && /tools/bin/pip install ziglang && rm -rf /tools
# expect: contains native-compiler: no

FROM golang:1.22 AS moved
FROM debian:12-slim AS moved-once
COPY --from=moved /usr/local/go /opt/go
# expect: contains native-compiler: yes: go-toolchain
#   [/usr/local/go] /usr/local/go is copied from stage 'moved'
#   [golang:1.22] stage 'moved' is built FROM golang:1.22
#   [catalogue] golang:1.22 contains go-toolchain
FROM debian:12-slim AS moved-twice
COPY --from=moved-once /opt /opt
# expect: contains native-compiler: yes: go-toolchain
#   [/opt] /opt is copied from stage 'moved-once'
#   [/usr/local/go] /usr/local/go is copied from stage 'moved'
#   [golang:1.22] stage 'moved' is built FROM golang:1.22
#   [catalogue] golang:1.22 contains go-toolchain
FROM debian:12-slim AS not-moved
COPY --from=moved-once /usr/local /usr/local
# expect: contains native-compiler: no
