#!/bin/sh
# Compiles each public header alone, as C11 and as C++17: run.sh INCLUDE_DIR CC [CXX].
set -u
include=$1 cc=$2 cxx=${3:-}
failed=0
for header in "$include"/stagepolicy/*.h; do
    name=stagepolicy/$(basename "$header")
    printf '#include <%s>\nextern int nothing_else;\n' "$name" |
        "$cc" -std=c11 -Wall -Wextra -pedantic -Werror -I"$include" -fsyntax-only -x c - ||
        { echo "$name does not compile alone as C11"; failed=1; }
    [ -n "$cxx" ] || continue
    printf '#include <%s>\nextern int nothing_else;\n' "$name" |
        "$cxx" -std=c++17 -Wall -Wextra -pedantic -Werror -I"$include" -fsyntax-only -x c++ - ||
        { echo "$name does not compile alone as C++17"; failed=1; }
done
[ -n "$cxx" ] || echo "no C++ compiler: only C11 was tried"
exit $failed
