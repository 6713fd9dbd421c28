#!/bin/sh
# The shared library exports exactly the symbols of symbols.txt: symbols.sh LIBRARY.
set -u
listed=$(dirname "$0")/symbols.txt
exported=$(mktemp)
trap 'rm -f "$exported"' EXIT
nm -D --defined-only "$1" | awk '{ print $3 }' | LC_ALL=C sort >"$exported"
if ! diff -u "$listed" "$exported"; then
    echo "a symbol was exported or lost; if that is meant, change tests/house/symbols.txt"
    exit 1
fi
