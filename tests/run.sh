#!/bin/sh
# Everything a contributor needs: installs what is missing, builds (normal, and with ASan and UBSan), runs the tests.
#
#     tests/run.sh          what every change must pass
#     tests/run.sh --all    and what takes long (label `long`)
set -eu
cd "$(dirname "$0")/.."
. ./.ci/install.sh

programs="gcc g++ cmake ninja pkg-config python3 git"
packages="gcc g++ libc6-dev cmake ninja-build pkg-config python3 git liblua5.4-dev libyaml-dev libjansson-dev libcmocka-dev"
leave_out="-LE long"
case ${1:-} in
'') ;;
--all)
    programs="$programs valgrind"
    packages="$packages valgrind"
    leave_out=
    ;;
*)
    echo "usage: tests/run.sh [--all]" >&2
    exit 2
    ;;
esac
install_missing tests/run.sh "$programs" "lua5.4 yaml-0.1 jansson cmocka" "$packages"

# A build folder keeps the generator it was made with.
configure() {
    folder=$1
    shift
    if [ -e "$folder/CMakeCache.txt" ]; then
        cmake -S . -B "$folder" -DSP_BUILD_TESTS=ON "$@"
    else
        cmake -G Ninja -S . -B "$folder" -DSP_BUILD_TESTS=ON "$@"
    fi
}

jobs=$(getconf _NPROCESSORS_ONLN)
configure build -DSP_WERROR=ON
cmake --build build --parallel "$jobs"
configure build-sanitize -DSP_WERROR=ON -DSP_SANITIZE=address,undefined -DCMAKE_BUILD_TYPE=Debug
cmake --build build-sanitize --parallel "$jobs"

# One ctest over both builds, so that there is one summary.
mkdir -p build/both
printf 'subdirs("%s" "%s")\n' "$PWD/build" "$PWD/build-sanitize" >build/both/CTestTestfile.cmake
cd build/both
# shellcheck disable=SC2086
exec ctest --output-on-failure --timeout 300 --parallel "$jobs" $leave_out
