#!/bin/sh
# A byte of fifty stages costs at most 1.5 times a byte of two, and ten thousand stages at most 3,000,000,000 instructions,
# which is less than a second; both counted by callgrind: stages.sh BINARY.
set -u
stagepolicy=$1
command -v valgrind >/dev/null || { echo "skipped: valgrind is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

# Instructions of a command over a file: count FILE COMMAND….
count() {
    file=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$stagepolicy" "$@" "$file" 2>&1 >/dev/null |
        awk '/Collected/ { print $NF }'
}

# So many stages as people write them, each with files of the one before it.
stages() {
    awk -v n="$1" 'BEGIN {
        for (i = 0; i < n; i++) {
            printf "FROM debian:12 AS st-%d\nWORKDIR /src\nENV A=%d B=$A\n", i, i
            print "RUN apt-get update && apt-get install -y --no-install-recommends curl make && rm -rf /var/lib/apt/lists/*"
            print "COPY src ."
            if (i > 0) printf "COPY --from=st-%d /out /in\n", i - 1
            print "RUN make -j4 && make install\nUSER nobody"
        }
    }'
}

# What starting costs is taken off: that of a file that is refused.
compare() {
    name=$1
    shift
    awk -v name="$name" -v floor="$(count none "$@")" -v a="$(count two "$@")" -v b="$(count fifty "$@")" \
        -v two="$(wc -c <two)" -v fifty="$(wc -c <fifty)" 'BEGIN {
        ratio = (b - floor) / fifty / ((a - floor) / two)
        printf "%-28s %6.2f   (%.0f instructions a byte)\n", name, ratio, (b - floor) / fifty
        exit ratio > 1.5 }' || failed=1
}

limit() {
    name=$1
    shift
    awk -v name="$name" -v a="$(count many "$@")" 'BEGIN {
        printf "%-28s %6.2f   thousand million instructions\n", name, a / 1e9
        exit a > 3e9 }' || failed=1
}

printf 'FROM\n' >none
stages 2 >two
stages 50 >fifty
awk 'BEGIN { print "FROM a:1 AS st-0"; for (i = 1; i < 10000; i++) print "FROM st-" i - 1 " AS st-" i "\nRUN echo " i }' >many

echo "cost of a byte of 50 stages over one of 2, at most 1.5:"
compare parse parse --expand
compare graph graph --format json
compare check check --fail-on never
echo "10,000 stages, at most 3:"
limit parse parse --expand
limit graph graph --format json
limit check check --fail-on never
exit $failed
