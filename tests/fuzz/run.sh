#!/bin/sh
# Searches for inputs that break what must hold for any bytes: builds the fuzz targets with clang and runs each for a
# while, as many at a time as there are processors. Tests replay what is in the corpora; this looks for what is not.
#
#     tests/fuzz/run.sh [SECONDS [TARGET…]]    half a minute for each target, without arguments
#
# What breaks something is kept in build-fuzz/found/<target>/, and named at the end; what reaches new code, in
# build-fuzz/corpus/<target>/. Without a clang that has libFuzzer it says so, and is done.
set -eu
cd "$(dirname "$0")/../.."
. ./.ci/install.sh

seconds=${1:-30}
[ $# = 0 ] || shift
if [ $# = 0 ]; then
    set -- $(ls tests/fuzz/fuzz_*.c | sed 's/.*fuzz_//; s/\.c$//')
fi

can_fuzz() {
    echo 'int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }' |
        clang -fsanitize=fuzzer,address -x c - -o /dev/null 2>/dev/null
}

# The runtime of the sanitizers is a package that is named for the version of clang.
install_clang() {
    install_missing tests/fuzz/run.sh "clang cmake ninja pkg-config" "lua5.4 yaml-0.1 jansson cmocka" \
        "clang libc6-dev cmake ninja-build pkg-config liblua5.4-dev libyaml-dev libjansson-dev libcmocka-dev"
    can_fuzz && return
    version=$(clang -dumpversion | cut -d. -f1)
    install_missing tests/fuzz/run.sh "libFuzzer-of-clang-$version" "" "libclang-rt-$version-dev"
}

if ! (install_clang) || ! can_fuzz; then
    echo "tests/fuzz/run.sh: skipped: there is no clang with libFuzzer and its sanitizers here"
    exit 0
fi

# A pipeline searches the same way each time: a change must not fail by what another seed would have found before it.
seed=0
[ -z "${CI:-}" ] || seed=1

cmake -G Ninja -S . -B build-fuzz -DSP_BUILD_FUZZERS=ON -DSP_WERROR=ON
cmake --build build-fuzz --target fuzzers

# One target; its last words where it finds something.
fuzz() {
    corpus=build-fuzz/corpus/$1
    found=build-fuzz/found/$1
    mkdir -p "$corpus" "$found"
    if "build-fuzz/tests/fuzz-$1" -seed="$seed" -max_total_time="$seconds" -max_len=4096 -timeout=20 -print_final_stats=1 \
        -dict="tests/fuzz/$1.dict" -artifact_prefix="$found/" "$corpus" "tests/fuzz/corpus/$1" >"$found.log" 2>&1; then
        sed -n "s/^stat::number_of_executed_units: */fuzz-$1: executions: /p" "$found.log"
        return
    fi
    tail -n 60 "$found.log"
    for input in "$found"/*; do
        echo "fuzz-$1: FOUND $input; replay it with: build-fuzz/tests/fuzz-$1 $input"
    done
    return 1
}

failed=0
wait_for_all() {
    for process in $running; do
        wait "$process" || failed=1
    done
    running=
}

at_a_time=$(getconf _NPROCESSORS_ONLN)
running=
count=0
for target in "$@"; do
    fuzz "$target" &
    running="$running $!"
    count=$((count + 1))
    [ $((count % at_a_time)) != 0 ] || wait_for_all
done
wait_for_all
exit "$failed"
