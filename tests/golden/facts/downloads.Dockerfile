# What comes without a package manager.

FROM debian:12-slim AS an-installer-in-a-pipe
RUN curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y
# expect: contains native-compiler: yes: rust-toolchain~
#   [https://sh.rustup.rs] https://sh.rustup.rs is taken to bring rust-toolchain

FROM debian:12-slim AS an-installer-of-its-own
RUN wget https://static.rust-lang.org/rustup/dist/x86_64-unknown-linux-gnu/rustup-init && ./rustup-init -y
# expect: contains native-compiler: yes: rust-toolchain~
#   [https://static.rust-lang.org/rustup/dist/x86_64-unknown-linux-gnu/rustup-init] https://static.rust-lang.org/rustup/dist/x86_64-unknown-linux-gnu/rustup-init is taken to bring rust-toolchain

FROM debian:12-slim AS an-archive-by-curl
RUN curl -fsSLO https://go.dev/dl/go1.22.4.linux-amd64.tar.gz && tar -C /usr/local -xzf go1.22.4.linux-amd64.tar.gz
# expect: contains native-compiler: yes: go-toolchain~
#   [https://go.dev/dl/go1.22.4.linux-amd64.tar.gz] https://go.dev/dl/go1.22.4.linux-amd64.tar.gz is taken to bring go-toolchain

FROM debian:12-slim AS an-archive-by-wget-in-a-pipe
ARG GO_VERSION
RUN wget -qO- https://dl.google.com/go/go${GO_VERSION}.linux-amd64.tar.gz | tar -xz -C /usr/local
# expect: contains native-compiler: yes: go-toolchain~
#   [https://dl.google.com/go/go${GO_VERSION}.linux-amd64.tar.gz] https://dl.google.com/go/go${GO_VERSION}.linux-amd64.tar.gz is taken to bring go-toolchain

FROM debian:12-slim AS an-archive-by-add
ADD https://ziglang.org/download/0.13.0/zig-linux-x86_64-0.13.0.tar.xz /opt/
# expect: contains native-compiler: yes: c-compiler~, cxx-compiler~, zig-toolchain~
#   [https://ziglang.org/download/0.13.0/zig-linux-x86_64-0.13.0.tar.xz] https://ziglang.org/download/0.13.0/zig-linux-x86_64-0.13.0.tar.xz is taken to bring c-compiler, cxx-compiler, zig-toolchain

FROM debian:12-slim AS deleted-again-with-its-folder
RUN curl -fsSL https://go.dev/dl/go1.22.4.linux-amd64.tar.gz | tar -xz -C /usr/local && make && rm -rf /usr/local/go
# expect: contains native-compiler: no

FROM debian:12-slim AS something-else
RUN curl -fsSL https://example.com/app-1.0.tar.gz | tar -xz -C /opt
# expect: contains native-compiler: no

FROM debian:12-slim AS over-the-root
ARG URL
RUN curl -fsSL $URL | tar -xz -C /
# expect: contains native-compiler: unknown: ?
#   [$URL] $URL is unpacked over the whole filesystem, and what is in it is not known

FROM scratch AS a-root-filesystem
ADD rootfs.tar.xz /
# expect: contains shell: unknown: ?
#   [rootfs.tar.xz] rootfs.tar.xz is unpacked over the whole filesystem, and what is in it is not known

FROM debian:12-slim AS node-by-nvm
SHELL ["/bin/bash", "-c"]
RUN curl -o- https://raw.githubusercontent.com/nvm-sh/nvm/v0.39.7/install.sh | bash && . ~/.nvm/nvm.sh && nvm install 20
# expect: contains node-runtime npm: yes: node-runtime~, npm~
#   [https://raw.githubusercontent.com/nvm-sh/nvm/v0.39.7/install.sh] https://raw.githubusercontent.com/nvm-sh/nvm/v0.39.7/install.sh is taken to bring node-runtime, npm

FROM debian:12-slim AS node-by-nvm-from-git
RUN git clone https://github.com/nvm-sh/nvm.git ~/.nvm && . ~/.nvm/nvm.sh && nvm install --lts
# expect: contains node-runtime: yes: node-runtime~
#   [nvm install --lts] nvm is taken to bring node-runtime

FROM debian:12-slim AS python-by-pyenv
RUN curl https://pyenv.run | bash && /root/.pyenv/bin/pyenv install 3.12.3
# expect: contains python-runtime pip: yes: python-runtime~, pip~
#   [/root/.pyenv/bin/pyenv install 3.12.3] pyenv is taken to bring python-runtime, pip

FROM debian:12-slim AS a-jdk
RUN wget -O jdk.tgz https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21%2B35/OpenJDK21U-jdk_x64_linux.tar.gz \
 && mkdir /opt/jdk && tar -xzf jdk.tgz -C /opt/jdk --strip-components=1
# expect: contains managed-compiler: yes: jdk~
#   [https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21%2B35/OpenJDK21U-jdk_x64_linux.tar.gz] https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21%2B35/OpenJDK21U-jdk_x64_linux.tar.gz is taken to bring jdk

FROM debian:12-slim AS miniconda
RUN wget https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh && bash Miniconda3-latest-Linux-x86_64.sh -b
# expect: contains conda python-runtime: yes: python-runtime~, conda~
#   [https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh] https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh is taken to bring python-runtime, conda

FROM debian:12-slim AS a-script-nobody-knows
RUN curl -fsSL https://example.com/install.sh | sh
# expect: contains native-compiler: unknown: ?
#   [sh] what https://example.com/install.sh does here is not read: it may install anything

FROM debian:12-slim AS a-script-nobody-knows-as-a-file
RUN wget https://example.com/get.sh && bash get.sh
# expect: contains native-compiler: unknown: ?
#   [bash get.sh] what https://example.com/get.sh does here is not read: it may install anything

FROM debian:12-slim AS a-script-that-is-known
RUN curl -fsSL https://rpm.nodesource.com/setup_20.x -o setup.sh && bash setup.sh
# expect: contains native-compiler: no

FROM debian:12-slim AS a-script-of-the-project
COPY scripts/install-tools.sh /tmp/
RUN /bin/sh -e /tmp/install-tools.sh
# expect: contains native-compiler: unknown: ?
#   [/bin/sh -e /tmp/install-tools.sh] what install-tools.sh does here is not read: it may install anything

FROM debian:12-slim AS another-script-of-the-project
COPY entrypoint.sh /
RUN chmod +x /entrypoint.sh && /entrypoint.sh --version
# expect: contains native-compiler: no

FROM debian:12-slim AS perhaps
ARG RUST
RUN if [ -n "$RUST" ]; then curl -sSf https://sh.rustup.rs | sh -s -- -y; fi
# expect: contains native-compiler: unknown: rust-toolchain?
#   [https://sh.rustup.rs] https://sh.rustup.rs may bring rust-toolchain

FROM debian:12-slim AS only-libraries-of-an-archive
RUN curl https://download.swift.org/5/swift-5.tar.gz | tar -xz -C / --strip-components=1 swift-5/usr/lib/swift/linux
# expect: contains native-compiler: no
