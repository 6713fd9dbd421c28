#!/bin/sh
# From a fresh clone to a judged Dockerfile: installs what is missing, builds, checks examples/python-microservice.
set -eu
cd "$(dirname "$0")/.."
. ./.ci/install.sh

install_missing quickstart "gcc cmake ninja pkg-config" "lua5.4 yaml-0.1 jansson" \
    "gcc libc6-dev cmake ninja-build pkg-config liblua5.4-dev libyaml-dev libjansson-dev"

tests=ON
pkg-config --exists cmocka || tests=OFF
[ -e build/CMakeCache.txt ] || cmake -G Ninja -S . -B build -DSP_BUILD_TESTS=$tests
cmake --build build --target stagepolicy-cli

echo
echo "\$ stagepolicy check examples/python-microservice/Dockerfile"
code=0
build/stagepolicy check examples/python-microservice/Dockerfile || code=$?

echo
case $code in
1)
    echo "Exit code 1: at least one finding is an error and fails the gate, as it would fail a pipeline."
    echo "That is right here: this Dockerfile makes the mistake that stages/artifact-left-behind is about."
    echo "The corrected one passes: build/stagepolicy check examples/python-microservice/fixed.Dockerfile"
    ;;
0)
    echo "Exit code 0: nothing fails the gate. This example should fail it, so something is wrong with the build." >&2
    exit 1
    ;;
*)
    echo "Exit code $code: nothing reliable was computed; the message above says why." >&2
    exit "$code"
    ;;
esac
