# What is removed again, and what stays.

FROM debian:12-slim AS purged-with-all-it-brought
RUN apt-get update && apt-get install -y --no-install-recommends gcc && gcc -v && apt-get purge -y --auto-remove gcc
# expect: contains native-compiler: no

FROM debian:12-slim AS purged-alone
RUN apt-get update && apt-get install -y --no-install-recommends gcc && gcc -v && apt-get purge -y gcc
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apt installs gcc, which brings c-compiler
#   [purge] removing gcc leaves what it brought; --auto-remove takes that along

FROM debian:12-slim AS purged-and-cleared-in-a-later-layer
RUN apt-get update && apt-get install -y --no-install-recommends gcc && apt-get remove -y gcc
RUN apt-get autoremove -y
# expect: contains native-compiler: no

FROM debian:12-slim AS autopurged
RUN apt-get install -y --no-install-recommends g++ && apt-get autopurge -y g++
# expect: contains native-compiler: no

FROM debian:12-slim AS another-package-still-depends-on-it
RUN apt-get install -y --no-install-recommends g++ cargo && apt-get purge -y --auto-remove g++
# expect: contains c-compiler cxx-compiler: yes: c-compiler
#   [cargo] apt installs cargo, which brings c-compiler

FROM debian:12-slim AS what-depends-on-it-goes-too
RUN apt-get install -y --no-install-recommends build-essential && apt-get purge -y --auto-remove gcc
# expect: contains native-compiler: no

FROM debian:12-slim AS another-package-still-recommends-it
RUN apt-get install -y g++ cmake && apt-get purge -y --auto-remove g++
# expect: contains native-compiler: yes: c-compiler
#   [cmake] apt installs cmake, which recommends packages with c-compiler (--no-install-recommends leaves them out)

FROM debian:12-slim AS what-makes-packages-still-recommends-it
RUN apt-get install -y g++ dpkg-dev && apt-get purge -y --auto-remove g++
# expect: contains native-compiler: yes: c-compiler
#   [dpkg-dev] apt installs dpkg-dev, which recommends packages with c-compiler (--no-install-recommends leaves them out)

FROM debian:12-slim AS what-was-not-installed-for-it-is-kept-for-it
RUN apt-get install -y --no-install-recommends g++ cmake && apt-get purge -y --auto-remove g++
# expect: contains native-compiler: yes: c-compiler
#   [g++] apt installs g++, which brings c-compiler

FROM debian:12-slim AS what-recommends-it-goes-with-it
RUN apt-get install -y --no-install-recommends g++ cmake && apt-get purge -y --auto-remove g++ cmake
# expect: contains native-compiler: no

FROM debian:12-slim AS what-recommends-it-went-before
RUN apt-get install -y --no-install-recommends g++ cmake && apt-get purge -y cmake && apt-get purge -y --auto-remove g++
# expect: contains native-compiler: no

FROM debian:12-slim AS recommending-counts-for-nothing
RUN apt-get install -y --no-install-recommends g++ cmake \
 && apt-get purge -y --auto-remove -o APT::AutoRemove::RecommendsImportant=false g++
# expect: contains native-compiler: no

FROM debian:12-slim AS named-though-it-is-recommended
RUN apt-get install -y gcc cmake && apt-get purge -y --auto-remove gcc
# expect: contains native-compiler: no

FROM debian:12-slim AS with-what-recommends-it
RUN apt-get install -y cmake && apt-get purge -y --auto-remove cmake
# expect: contains native-compiler build-tool: no

FROM debian:12-slim AS marked-as-wanted-by-nobody
RUN savedAptMark="$(apt-mark showmanual)" && apt-get update && apt-get install -y --no-install-recommends gcc make \
 && make && apt-mark auto '.*' > /dev/null && apt-mark manual $savedAptMark && apt-get purge -y --auto-remove
# expect: contains native-compiler build-tool: no

FROM debian:12-slim AS removed-perhaps
ARG KEEP
RUN apt-get install -y --no-install-recommends gcc; if [ -z "$KEEP" ]; then apt-get purge -y --auto-remove gcc; fi
# expect: contains native-compiler: unknown: c-compiler?
#   [gcc] apt may install gcc, which brings c-compiler

FROM debian:12-slim AS installed-and-removed-in-one-branch
ARG BUILD
RUN if [ -n "$BUILD" ]; then apt-get install -y --no-install-recommends gcc && make && apt-get purge -y --auto-remove gcc; fi
# expect: contains native-compiler: no

FROM debian:12-slim AS removed-with-a-wildcard
RUN apt-get install -y --no-install-recommends gcc g++ && apt-get purge -y --auto-remove 'g*'
# expect: contains native-compiler: no

FROM debian:12-slim AS forced-by-dpkg
RUN apt-get install -y --no-install-recommends gcc-12 && dpkg --purge --force-all gcc-12
# expect: contains native-compiler: no

FROM alpine:3.20 AS deleted-group-of-a-stage-below
RUN apk add --no-cache --virtual .build g++
FROM deleted-group-of-a-stage-below AS deleted-group
RUN apk del --no-network .build
# expect: contains native-compiler: no

FROM golang:1.22-alpine AS deleted-folder
RUN rm -rf /usr/local/go
# expect: contains native-compiler: no

FROM node:20 AS the-images-own
RUN apt-get purge -y --auto-remove gcc g++ make
# expect: contains native-compiler: unknown: c-compiler?, cxx-compiler?
#   [node:20] stage 'the-images-own' is built FROM node:20
#   [catalogue] node:20 contains c-compiler, cxx-compiler

FROM rockylinux:9 AS yum-history
RUN yum install -y gcc && yum autoremove -y gcc
# expect: contains native-compiler: no
