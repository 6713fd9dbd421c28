# What a RUN installs, whatever the shell text around it looks like.

FROM alpine:3.20 AS one-after-the-other
RUN apk add --no-cache gcc && gcc -v; apk add --no-cache git
# expect: contains native-compiler vcs: yes: c-compiler, git
#   [gcc] apk installs gcc, which brings c-compiler
#   [git] apk installs git, which brings git

FROM alpine:3.20 AS what-is-tried-when-something-fails
RUN test -x /usr/bin/gcc || apk add --no-cache gcc
# expect: contains native-compiler: unknown: c-compiler?
#   [gcc] apk may install gcc, which brings c-compiler

FROM alpine:3.20 AS what-is-tried-first
RUN apk add --no-cache gcc || exit 1
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS at-the-end-of-a-pipe
RUN echo y | apk add -i --no-cache gcc
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS in-a-subshell
RUN (cd /tmp && apk add --no-cache gcc)
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS in-braces
RUN { apk add --no-cache gcc; make; } > /log 2>&1
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS in-quotes
RUN apk add "gcc" 'g++' ma''ke
# expect: contains native-compiler build-tool: yes: c-compiler, cxx-compiler, make
#   ["gcc"] apk installs gcc, which brings c-compiler
#   ['g++'] apk installs g++, which brings c-compiler, cxx-compiler
#   [ma''ke] apk installs make, which brings make

FROM alpine:3.20 AS in-quotes-of-another-command
RUN echo "apk add gcc; apk add g++" > /todo
# expect: contains native-compiler: no

FROM alpine:3.20 AS behind-a-comment
RUN true # && apk add gcc
# expect: contains native-compiler: no

FROM alpine:3.20 AS over-several-lines
RUN apk add \
        # what compiles
        gcc \
        musl-dev
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM debian:12 AS in-a-variable-of-the-same-run
RUN buildDeps='gcc make'; apt-get update && apt-get install -y --no-install-recommends $buildDeps
# expect: contains native-compiler build-tool: yes: c-compiler, make
#   [$buildDeps] apt installs gcc, which brings c-compiler
#   [$buildDeps] apt installs make, which brings make

FROM debian:12 AS in-a-variable-that-is-used-again-to-remove
RUN buildDeps='gcc make'; apt-get update && apt-get install -y --no-install-recommends $buildDeps \
 && make && apt-get purge -y --auto-remove $buildDeps
# expect: contains native-compiler build-tool: no

FROM debian:12 AS in-a-variable-that-a-command-fills
RUN deps="$(cat /deps)" && apt-get install -y $deps
# expect: contains native-compiler: unknown: ?
#   [$deps] apt installs what '$deps' stands for, which only the build knows

FROM debian:12 AS in-a-variable-of-another-run
RUN tools=gcc
RUN apt-get install -y $tools curl
# expect: contains native-compiler fetcher: yes: curl, ?
#   [curl] apt installs curl, which brings curl
#   [$tools] apt installs what '$tools' stands for, which only the build knows

FROM debian:12 AS in-the-environment
ENV TOOLS="gcc make"
RUN apt-get install -y --no-install-recommends $TOOLS
# expect: contains native-compiler build-tool: yes: c-compiler, make
#   [$TOOLS] apt installs gcc, which brings c-compiler
#   [$TOOLS] apt installs make, which brings make

FROM alpine:3.20 AS in-an-if
ARG DEV
RUN if [ -n "$DEV" ]; then apk add gcc; fi
# expect: contains native-compiler: unknown: c-compiler?
#   [gcc] apk may install gcc, which brings c-compiler

FROM alpine:3.20 AS in-both-branches
ARG DEV
RUN if [ -n "$DEV" ]; then apk add gcc gdb; else apk add gcc; fi
# expect: contains native-compiler: unknown: c-compiler?
#   [gcc] apk may install gcc, which brings c-compiler

FROM alpine:3.20 AS in-the-condition-of-an-if
RUN if apk add gcc; then echo fine; fi
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS in-a-loop
RUN for package in gcc make; do apk add $package; done
# expect: contains native-compiler: unknown: ?
#   [$package] apk installs what '$package' stands for, which only the build knows

FROM alpine:3.20 AS in-a-case
RUN case "$(uname -m)" in x86_64) apk add gcc ;; *) echo none ;; esac
# expect: contains native-compiler: unknown: c-compiler?
#   [gcc] apk may install gcc, which brings c-compiler

FROM alpine:3.20 AS in-a-function
RUN tools() { apk add gcc; }; tools
# expect: contains native-compiler: unknown: c-compiler?
#   [gcc] apk may install gcc, which brings c-compiler

FROM alpine:3.20 AS in-a-shell-within
RUN sh -c 'apk add gcc && gcc -v'
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS in-an-exec-form-shell
RUN ["/bin/sh", "-c", "apk add gcc"]
# expect: contains native-compiler: yes: c-compiler
#   [apk add gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS in-an-exec-form
RUN ["apk", "add", "gcc"]
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS in-a-heredoc
RUN <<EOF
set -e
apk add gcc
EOF
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM alpine:3.20 AS in-a-heredoc-of-a-shell
RUN sh -e <<'EOF'
apk add gcc
EOF
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apk installs gcc, which brings c-compiler

FROM python:3.12-slim AS in-a-heredoc-of-python
RUN <<EOF
#!/usr/bin/env python3
print("apk add gcc")
EOF
# expect: contains native-compiler: no

FROM alpine:3.20 AS in-a-heredoc-that-makes-a-file
RUN cat > /install.sh <<EOF
apk add gcc
EOF
# expect: contains native-compiler: no

FROM debian:12 AS in-bash-by-shell
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN curl https://example.com | cat; apt-get install -y --no-install-recommends gcc
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apt installs gcc, which brings c-compiler
# expect: commands:
# * curl https://example.com (in a pipe with pipefail)
# * cat (in a pipe with pipefail)
# * apt-get install -y --no-install-recommends gcc

FROM debian:12 AS in-a-shell-nobody-reads
SHELL ["/usr/bin/fish", "-c"]
RUN apt-get install -y gcc
# expect: commands:
# * not read
# expect: contains debugger: unknown: ?
#   [RUN apt-get install -y gcc] what fish does here is not read: it may install anything

FROM debian:12 AS with-another-user
RUN sudo -E apt-get install -y --no-install-recommends gcc
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apt installs gcc, which brings c-compiler

FROM debian:12 AS with-a-variable-before-it
RUN DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends gcc
# expect: contains native-compiler: yes: c-compiler
#   [gcc] apt installs gcc, which brings c-compiler

FROM debian:12 AS by-xargs
RUN xargs apt-get install -y < packages.txt
# expect: contains native-compiler: unknown: ?
#   [apt-get] apt installs what xargs hands it, which only the build knows

FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS in-cmd
RUN if not exist C:\tools (mkdir C:\tools) && echo apt-get install gcc
# expect: contains native-compiler: no

FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS in-powershell
SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
RUN Write-Host 'apt-get install -y gcc'; if ($true) { Remove-Item C:\x }
# expect: contains native-compiler: no

FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS in-powershell-a-package
SHELL ["powershell", "-Command"]
RUN choco install -y golang; Remove-Item -Recurse C:\temp
# expect: contains native-compiler: yes: go-toolchain~
#   [golang] golang is taken to bring go-toolchain

FROM alpine:3.20 AS pipes
RUN wget -qO- https://example.com/x | sh
RUN set -o pipefail; wget -qO- https://example.com/x | sh
# expect: commands:
# * wget -qO- https://example.com/x (in a pipe)
# * sh (in a pipe)
# * set -o pipefail
# * wget -qO- https://example.com/x (in a pipe with pipefail)
# * sh (in a pipe with pipefail)
