# What package managers of languages are told.

FROM python:3.12-slim AS pip
RUN pip install --no-cache-dir flask==3.0.3 'requests>=2,<3' cmake ./local git+https://example.com/a.git#egg=b
# expect: operations:
# * pip install flask=3.0.3 (pinned) requests=>=2,<3 cmake ./local (pinned) b (pinned) from a manifest
# expect: contains build-tool native-compiler: yes: cmake
#   [cmake] pip installs cmake, which brings cmake

FROM python:3.12-slim AS pip-by-module
RUN python3 -m pip install -r requirements.txt
# expect: operations:
# * pip install from a manifest

FROM python:3.12-slim AS pip-brings-a-compiler
RUN pip install ziglang==0.13.0 && pip uninstall -y setuptools
# expect: operations:
# * pip install ziglang=0.13.0 (pinned)
# * pip remove setuptools
# expect: contains native-compiler: yes: c-compiler, cxx-compiler, zig-toolchain
#   [ziglang==0.13.0] pip installs ziglang, which brings c-compiler, cxx-compiler, zig-toolchain

FROM python:3.12-slim AS pip-removes-it-again
RUN pip install ziglang && pip uninstall -y ziglang
# expect: contains native-compiler: no

FROM python:3.12-slim AS uv
RUN uv pip install --system ruff==0.5.0; uv sync --frozen; uv add httpx; uv tool install black@24.4.2
# expect: operations:
# * pip install ruff=0.5.0 (pinned)
# * uv install from a manifest
# * uv install httpx
# * uv install black=24.4.2 (pinned)

FROM python:3.12-slim AS pipx-and-poetry
RUN pip install poetry==1.8.3 pipx; pipx install ruff; poetry install --only main; poetry add flask@^3; pipenv sync
# expect: operations:
# * pip install poetry=1.8.3 (pinned) pipx
# * pipx install ruff
# * poetry install from a manifest
# * poetry install flask=^3
# * pipenv install from a manifest
# expect: contains poetry: yes: poetry
#   [poetry==1.8.3] pip installs poetry, which brings poetry

FROM node:20-slim AS npm
RUN npm ci --omit=dev && npm install -g typescript@5.4.5 pnpm@9 serve@latest && npm uninstall -g serve
# expect: operations:
# * npm install from a manifest
# * npm install typescript=5.4.5 (pinned) pnpm=9 serve=latest
# * npm remove serve
# expect: contains transpiler pnpm: yes: typescript-compiler, pnpm
#   [typescript@5.4.5] npm installs typescript, which brings typescript-compiler
#   [pnpm@9] npm installs pnpm, which brings pnpm
# expect: installs serve: no

FROM node:20-slim AS yarn-and-pnpm
RUN yarn install --frozen-lockfile; yarn; yarn add lodash@4.17.21; pnpm i; pnpm add react@^18; pnpm remove react
# expect: operations:
# * yarn install from a manifest
# * yarn install from a manifest
# * yarn install lodash=4.17.21 (pinned)
# * pnpm install from a manifest
# * pnpm install react=^18
# * pnpm remove react

FROM ruby:3.3-slim AS gem-and-bundle
RUN gem install rails -v 7.1.3 && gem install rake:13.2.1 bundler && bundle install --jobs 4
# expect: operations:
# * gem install rails=7.1.3 (pinned)
# * gem install rake=13.2.1 (pinned) bundler
# * bundle install from a manifest
# expect: contains make: yes: make
#   [rake:13.2.1] gem installs rake, which brings make

FROM rust:1.79-slim AS cargo
RUN cargo install ripgrep --version 14.1.0 && cargo install --path . && cargo install just@1.27.0 && cargo fetch
# expect: operations:
# * cargo install ripgrep=14.1.0 (pinned)
# * cargo install from a manifest
# * cargo install just=1.27.0 (pinned)
# * cargo download from a manifest

FROM golang:1.22 AS go
RUN go install golang.org/x/tools/gopls@v0.15.3 && go install github.com/go-delve/delve/cmd/dlv@latest && go mod download
# expect: operations:
# * go install golang.org/x/tools/gopls=v0.15.3 (pinned)
# * go install github.com/go-delve/delve/cmd/dlv=latest
# * go download from a manifest
# expect: contains debugger: yes: debugger
#   [github.com/go-delve/delve/cmd/dlv@latest] go installs github.com/go-delve/delve/cmd/dlv, which brings debugger

FROM php:8.3-cli AS composer
RUN composer require monolog/monolog:3.6.0 && composer install --no-dev
# expect: operations:
# * composer install monolog/monolog=3.6.0 (pinned)
# * composer install from a manifest
