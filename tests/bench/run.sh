#!/bin/sh
# The figures, all in one run, because only ratios within one run mean something: run.sh [FOLDER OF DOCKERFILES].
#
# Builds build-bench/ (release). Beside ours: LC_ALL=C wc -w over the same bytes, hadolint where it is installed, and
# BuildKit's parser where Go and its modules are.
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
corpus=$(cd "${1:-$project/examples}" && pwd)
build=$project/build-bench
[ -e "$build/CMakeCache.txt" ] ||
    cmake -G Ninja -S "$project" -B "$build" -DCMAKE_BUILD_TYPE=Release -DSP_BUILD_TESTS=OFF -DSP_STATIC=ON >/dev/null
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --build "$build" >"$scratch/log" || { cat "$scratch/log"; exit 1; }
stagepolicy=$build/stagepolicy
cd "$scratch"

cc=${CC:-cc}
$cc -O2 -std=c11 "$project/tests/bench/spawn.c" -o spawn
# shellcheck disable=SC2046
$cc -O2 -std=c11 -D_POSIX_C_SOURCE=200809L -I"$project/plugin" -I"$project/include" "$project/tests/bench/parse.c" \
    "$build/plugin/libstagepolicy.a" $(pkg-config --libs lua5.4 yaml-0.1 jansson) -o parse
printf 'int main(void){return 0;}' | $cc -O2 -x c - -o nothing

field() { echo "$1" | cut -d' ' -f"$2"; }
calculate() { awk "BEGIN { printf \"$1\", $2 }"; }
one_core() { if command -v taskset >/dev/null; then taskset -c 0 "$@"; else "$@"; fi; }
hadolint=$(command -v hadolint || true)
case $hadolint in
*/shims/*) hadolint=$(pyenv which hadolint 2>/dev/null || true) ;; # the program, not the script that looks for it
esac
if [ -n "$hadolint" ] && ! "$hadolint" --version >/dev/null 2>&1; then
    hadolint=
fi

find "$corpus" -type f \( -iname 'Dockerfile' -o -iname 'Dockerfile[._-]*' -o -iname '*.Dockerfile' \
    -o -iname 'Containerfile*' \) -size -16384k ! -iname '*.dockerignore' | LC_ALL=C sort >files
count=$(wc -l <files)
tr '\n' '\0' <files | xargs -0 cat >once
bytes=$(wc -c <once)
echo "$count Dockerfiles, $bytes bytes"

echo
echo "== one 30-line file, from fork to exit (median ms, least ms, peak MB)"
cat >Dockerfile <<'DOCKERFILE'
# syntax=docker/dockerfile:1
ARG GO_VERSION=1.22
FROM golang:${GO_VERSION} AS build
WORKDIR /src
ENV CGO_ENABLED=0 \
    GOFLAGS=-trimpath
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build \
    go build -o /out/server ./cmd/server
RUN go test ./...

FROM node:20 AS web
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci
COPY web/ .
RUN npm run build

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /out/server /usr/local/bin/server
COPY --from=web /web/dist /srv/web
USER 1000
EXPOSE 8080
HEALTHCHECK CMD ["/usr/local/bin/server", "--health"]
ENTRYPOINT ["/usr/local/bin/server"]
DOCKERFILE
./spawn 5 "$stagepolicy" check Dockerfile >/dev/null
ours=$(./spawn 200 "$stagepolicy" check Dockerfile)
echo "stagepolicy check        $ours   (to reach: 5 ms, 12 MB)"
echo "an empty program         $(./spawn 200 ./nothing)"
if [ -n "$hadolint" ]; then
    theirs=$(./spawn 20 "$hadolint" Dockerfile)
    echo "hadolint                 $theirs"
    calculate 'stagepolicy takes %.3f of its time (to reach: 0.2)\n' "$(field "$ours" 1) / $(field "$theirs" 1)"
fi

echo
echo "== the folder, all policies, one core"
run=$(one_core ./spawn 3 "$stagepolicy" check --fail-on never --report json=/dev/null "$corpus")
rate=$(calculate %.0f "$count / ($(field "$run" 1) / 1000)")
echo "stagepolicy check        $rate files/s, $(field "$run" 3) MB (to reach: 2000 files/s)"
if [ -n "$hadolint" ]; then
    awk -v step="$(((count + 99) / 100))" 'NR % step == 0' files >sample
    [ -s sample ] || cp files sample
    # shellcheck disable=SC2046
    run=$(one_core ./spawn 1 "$hadolint" $(cat sample))
    theirs=$(calculate %.1f "$(wc -l <sample) / ($(field "$run" 1) / 1000)")
    echo "hadolint                 $theirs files/s ($(wc -l <sample) of them), $(field "$run" 3) MB"
    calculate 'stagepolicy is %.0f times as fast (to reach: 50)\n' "$rate / $theirs"
fi

echo
echo "== parser and graph alone, one thread, beside wc"
copies=$((100000000 / bytes + 1))
i=0
while [ $i -lt "$copies" ]; do
    cat once
    i=$((i + 1))
done >hundred
size=$(wc -c <hundred)
LC_ALL=C wc -w <hundred >/dev/null
start=$(date +%s%N)
LC_ALL=C one_core wc -w <hundred >/dev/null
wc_seconds=$(calculate %.6f "($(date +%s%N) - $start) / 1e9")
ours=$(one_core ./parse 100000000 <files)
calculate 'LC_ALL=C wc -w           %.1f MB/s\n' "$size / 1e6 / $wc_seconds"
calculate 'parse + graph            %.1f MB/s\n' "$(field "$ours" 1) / 1e6 / $(field "$ours" 2)"
calculate 'ratio                    %.2f (to reach: 1)\n' \
    "($(field "$ours" 1) / $(field "$ours" 2)) / ($size / $wc_seconds)"
echo "memory                   $(field "$ours" 3) times the input beyond 1 MB, the worst file (to reach: 8)"
worst="0 0"
for kilobytes in 200 400 600 800 1000 1100 1200 1300 1400 1600 2000 2800 4000 5600 8000 11200 16000; do
    head -c ${kilobytes}000 hundred >large
    worst=$(echo "$(field "$(echo large | ./parse 0)" 3) $kilobytes
$worst" | sort -rn | head -n 1)
done
echo "                         $(field "$worst" 1) times the folder joined and cut at $(field "$worst" 2) KB, the worst size"

echo
echo "== the parser alone, one thread, beside BuildKit's (least of 3 turns of 30 MB each)"
# Ours gives typed instructions with their places; BuildKit's parser.Parse gives words, instructions.Parse the types.
build_theirs() {
    cd "$project/tests/conformance/oracle" &&
        GOTOOLCHAIN=local GOPROXY=off GOFLAGS="-mod=readonly -buildvcs=false" go build -o "$scratch/buildkit" ./bench
}
if ! command -v go >/dev/null; then
    echo "Go is not installed"
elif ! (build_theirs) 2>go.log; then
    echo "BuildKit's parser cannot be built: $(head -n 1 go.log)"
else
    for turn in 1 2 3; do
        GOMAXPROCS=1 one_core ./buildkit 30000000 <files >"theirs.$turn"
        one_core ./parse 30000000 no-graph <files >"ours.$turn"
    done
    least() { cat "$1".[123] | cut -d' ' -f"$2" | sort -n | head -n 1; }
    size=$(cut -d' ' -f1 ours.1)
    calculate 'parser.Parse             %.1f MB/s\n' "$size / 1e6 / $(least theirs 2)"
    calculate '  and instructions.Parse %.1f MB/s\n' "$size / 1e6 / $(least theirs 3)"
    calculate 'sp_document_parse        %.1f MB/s\n' "$size / 1e6 / $(least ours 2)"
    calculate 'ratio                    %.1f to the first (to reach: 10), ' "$(least theirs 2) / $(least ours 2)"
    calculate '%.1f to both\n' "$(least theirs 3) / $(least ours 2)"
fi

echo
echo "== counted work"
if command -v valgrind >/dev/null; then
    counted() { valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | awk '/Collected/ { print $NF }'; }
    head -n 200 files >few
    few_bytes=$(tr '\n' '\0' <few | xargs -0 cat | wc -c)
    instructions=$(counted ./parse 0 <few)
    calculate 'parse + graph            %.1f instructions a byte\n' "$instructions / $few_bytes"
    # shellcheck disable=SC2046
    instructions=$(counted "$stagepolicy" check --fail-on never $(cat few))
    calculate 'check, all policies      %.1f instructions a byte, %.0f a file\n' \
        "$instructions / $few_bytes, $instructions / $(wc -l <few)"
    echo "growth                   tests/pathological/growth.sh"
else
    echo "valgrind is not installed"
fi
