# What package managers of systems are told.

FROM debian:12 AS apt
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc=4:12.2.0-3 libc6-dev curl/stable \
 && rm -rf /var/lib/apt/lists/*
# expect: operations:
# * apt update
# * apt install gcc=4:12.2.0-3 (pinned) libc6-dev curl
# expect: contains native-compiler fetcher: yes: c-compiler, curl
#   [gcc=4:12.2.0-3] apt installs gcc, which brings c-compiler
#   [curl/stable] apt installs curl, which brings curl
# expect: installs gcc lib*: yes: gcc, libc6-dev
#   [gcc=4:12.2.0-3] apt installs gcc
#   [libc6-dev] apt installs libc6-dev

FROM ubuntu:24.04 AS apt-by-its-short-name
RUN apt update && apt -y install build-essential
# expect: operations:
# * apt update
# * apt install build-essential, with what it recommends
# expect: contains native-compiler: yes: c-compiler, cxx-compiler
#   [build-essential] apt installs build-essential, which brings c-compiler, cxx-compiler

FROM debian:12 AS apt-recommends
RUN apt-get update && apt-get install -y cmake
# expect: contains native-compiler: yes: c-compiler
#   [cmake] apt installs cmake, which recommends packages with c-compiler (--no-install-recommends leaves them out)

FROM debian:12 AS apt-recommends-refused
RUN apt-get update && apt-get install -y --no-install-recommends cmake
# expect: contains native-compiler build-tool: yes: cmake
#   [cmake] apt installs cmake, which brings cmake

FROM debian:12 AS apt-recommends-refused-by-option
RUN apt-get install -y -o APT::Install-Recommends=false cmake
# expect: contains native-compiler: no

FROM debian:12 AS apt-recommends-refused-by-a-file
RUN printf 'APT::Install-Recommends "false";\n' > /etc/apt/apt.conf.d/99lean
RUN apt-get install -y cmake
# expect: contains native-compiler: no

FROM debian:12 AS aptitude
RUN aptitude install -y gdb
# expect: contains debug-tool: yes: debugger
#   [gdb] apt installs gdb, which brings debugger

FROM debian:12 AS a-package-from-a-file
RUN apt-get install -y ./tool.deb
# expect: operations:
# * apt install ./tool.deb (pinned), with what it recommends
# expect: contains native-compiler: no

FROM alpine:3.20 AS apk
RUN apk add --no-cache build-base=0.5-r3 'openssh-client>9' py3-pip~=24 bash@edge
# expect: operations:
# * apk install build-base=0.5-r3 (pinned) openssh-client=>9 py3-pip=~=24 bash
# expect: contains native-compiler shell network-tool pip: yes: c-compiler, cxx-compiler, pip, shell:sh, shell:bash, busybox, ssh-client
#   [build-base=0.5-r3] apk installs build-base, which brings c-compiler, cxx-compiler
#   [py3-pip~=24] apk installs py3-pip, which brings pip
#   [alpine:3.20] stage 'apk' is built FROM alpine:3.20
#   [catalogue] alpine:3.20 contains shell:sh, busybox
#   [bash@edge] apk installs bash, which brings shell:sh, shell:bash
#   ['openssh-client>9'] apk installs openssh-client, which brings ssh-client

FROM alpine:3.20 AS apk-virtual
RUN apk add --no-cache --virtual .build gcc musl-dev make && make && apk del .build
# expect: operations:
# * apk install gcc musl-dev make
# * apk remove gcc musl-dev make
# expect: contains native-compiler build-tool: no
# expect: installs gcc: no

FROM alpine:3.20 AS apk-virtual-kept
RUN apk add --no-cache --virtual .build gcc musl-dev && gcc -v
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS apk-virtual-by-letter
RUN apk add -t .build gcc && apk del .build
# expect: contains native-compiler: no

FROM rockylinux:9 AS dnf
RUN dnf install -y gcc-c++-11.5.0 make && dnf clean all
# expect: operations:
# * dnf install gcc-c++=11.5.0 (pinned) make
# * dnf clean
# expect: contains native-compiler build-tool: yes: c-compiler, cxx-compiler, make
#   [gcc-c++-11.5.0] dnf installs gcc-c++, which brings c-compiler, cxx-compiler
#   [make] dnf installs make, which brings make

FROM rockylinux:9 AS dnf-group
RUN dnf -y groupinstall "Development Tools"
# expect: contains c-compiler: yes: c-compiler
#   ["Development Tools"] dnf installs Development Tools, which brings c-compiler

FROM centos:7 AS yum
RUN yum -y install gcc && yum -y remove gcc
# expect: operations:
# * dnf install gcc
# * dnf remove gcc
# expect: contains native-compiler: no

FROM registry.access.redhat.com/ubi9/ubi-minimal AS microdnf
RUN microdnf install -y java-17-openjdk-devel && microdnf clean all
# expect: operations:
# * dnf install java-17-openjdk-devel
# * dnf clean
# expect: contains managed-compiler: yes: jdk
#   [java-17-openjdk-devel] dnf installs java-17-openjdk-devel, which brings jdk

FROM registry.access.redhat.com/ubi9/ubi-minimal AS microdnf-without-a-compiler
RUN microdnf install -y java-17-openjdk-headless
# expect: contains compiler: no

FROM opensuse/leap:15.6 AS zypper
RUN zypper -n install --no-recommends gcc13 git-core && zypper clean -a
# expect: operations:
# * zypper install gcc13 git-core
# * zypper clean
# expect: contains native-compiler: yes: c-compiler
#   [gcc13] zypper installs gcc13, which brings c-compiler

FROM opensuse/leap:15.6 AS zypper-removes
RUN zypper -n in gcc && zypper -n rm --clean-deps gcc
# expect: contains native-compiler: no

FROM archlinux:base AS pacman
RUN pacman -Syu --noconfirm base-devel && pacman -Scc --noconfirm
# expect: operations:
# * pacman install base-devel
# * pacman clean
# expect: contains c-compiler: yes: c-compiler
#   [base-devel] pacman installs base-devel, which brings c-compiler

FROM archlinux:base AS pacman-removes
RUN pacman -S --noconfirm go && pacman -Rns --noconfirm go
# expect: contains native-compiler: no

FROM debian:12 AS brew
RUN brew install gcc node@20 && brew uninstall gcc && brew cleanup
# expect: operations:
# * brew install gcc node@20
# * brew remove gcc
# * brew clean
# expect: contains c-compiler node-runtime: yes: node-runtime
#   [node@20] brew installs node@20, which brings node-runtime

FROM continuumio/miniconda3 AS conda
RUN conda install -y -c conda-forge python=3.11 gxx_linux-64 "numpy>=1.26" && conda clean -afy
# expect: operations:
# * conda install python=3.11 (pinned) gxx_linux-64 numpy=>=1.26
# * conda clean
# expect: contains native-compiler: yes: c-compiler, cxx-compiler
#   [gxx_linux-64] conda installs gxx_linux-64, which brings c-compiler, cxx-compiler

FROM mambaorg/micromamba AS micromamba
RUN micromamba install -y -n base -f environment.yml && micromamba clean --all --yes
# expect: operations:
# * conda install from a manifest
# * conda clean

FROM debian:12 AS sdkman
SHELL ["/bin/bash", "-c"]
RUN curl -s https://get.sdkman.io | bash
RUN source /root/.sdkman/bin/sdkman-init.sh && sdk install java 21.0.2-tem && sdk install gradle
# expect: operations:
# * sdkman install java=21.0.2-tem (pinned)
# * sdkman install gradle
# expect: contains managed-compiler build-tool: yes: jdk, gradle
#   [java] sdkman installs java, which brings jdk
#   [gradle] sdkman installs gradle, which brings gradle
