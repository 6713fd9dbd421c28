#!/bin/sh
# Every real Dockerfile of a corpus, all policies: no crash, no policy failure, and the same bytes whatever the order.
#
#     run.sh BINARY TARBALL     skipped (77) where the tarball or zstd is missing
set -u
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99 # not to be taken for an exit code of ours
stagepolicy=$1 tarball=$2 here=$(cd "$(dirname "$0")" && pwd)
[ -r "$tarball" ] || { echo "skipped: $tarball is not there"; exit 77; }
command -v zstd >/dev/null || { echo "skipped: zstd is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
tar --zstd -xf "$tarball" || exit 1

# judge NAME PATH… : writes NAME.json; a crash, a sanitizer's report or a policy failure is not an expected exit code.
judge() {
    name=$1
    shift
    code=0
    "$stagepolicy" check --report json=report.json "$@" >"$name.txt" 2>"$name.err" || code=$?
    case $code in
    0 | 1 | 3) ;;
    *)
        echo "exit code $code"
        tail -n 20 "$name.txt" "$name.err"
        exit 1
        ;;
    esac
    mv report.json "$name.json"
}

judge once .
judge twice .
cmp once.json twice.json || exit 1
cmp once.txt twice.txt || exit 1

# The same files, named one by one, last first (their names have no blanks).
sed -n 's/^      "path": "\([^" ]*\)",$/\1/p' once.json | LC_ALL=C sort -ru >names
# shellcheck disable=SC2046
judge backwards $(cat names)
cmp once.json backwards.json || exit 1
grep -A 8 '"summary"' once.json

# Whether what ships contains a native compiler is known of most.
command -v python3 >/dev/null || { echo "python3 is missing: native_compiler.py is left out"; exit 0; }
python3 "$here/native_compiler.py" "$stagepolicy" .
