#!/bin/sh
# Installs the build into a stage and builds a foreign program against it: run.sh CMAKE BUILD_DIR CC SANITIZERS.
set -eu
cmake=$1 build=$2 cc=$3 sanitize=${4:-}
here=$(cd "$(dirname "$0")" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
"$cmake" --install "$build" --prefix "$stage/usr" >"$stage/log" || { cat "$stage/log"; exit 1; }
PKG_CONFIG_PATH=$(dirname "$(find "$stage" -name stagepolicy.pc)")
export PKG_CONFIG_PATH
flags="-std=c11 -Wall -Wextra -pedantic -Werror ${sanitize:+-fsanitize=$sanitize}"

# shellcheck disable=SC2046,SC2086
"$cc" $flags "$here/consumer.c" $(pkg-config --cflags --libs stagepolicy) -o "$stage/shared"
LD_LIBRARY_PATH=$(pkg-config --variable=libdir stagepolicy) "$stage/shared"

# shellcheck disable=SC2046,SC2086
"$cc" $flags "$here/consumer.c" $(pkg-config --cflags stagepolicy) "$(pkg-config --variable=libdir stagepolicy)/libstagepolicy.a" \
    $(pkg-config --libs lua5.4 yaml-0.1 jansson) -o "$stage/static"
"$stage/static"

"$stage/usr/bin/stagepolicy" --version
