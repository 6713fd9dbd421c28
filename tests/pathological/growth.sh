#!/bin/sh
# Twice the input costs at most 2.2 times the instructions, counted by callgrind: growth.sh BINARY.
set -u
stagepolicy=$1
command -v valgrind >/dev/null || { echo "skipped: valgrind is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

# Instructions of one run over the file.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$stagepolicy" check --fail-on never --report json=report.json \
        "$1" 2>&1 >out | awk '/Collected/ { print $NF }'
}

# What starting costs without any input to speak of is taken off: it does not grow.
printf 'FROM alpine:3.20\n' >Dockerfile
floor=$(count Dockerfile)

# grow NAME N PROGRAM : PROGRAM (awk, with n set) prints the Dockerfile.
grow() {
    awk -v n="$2" "BEGIN { $3 }" >once
    awk -v n=$((2 * $2)) "BEGIN { $3 }" >twice
    a=$(count once) b=$(count twice)
    awk -v name="$1" -v a="$a" -v b="$b" -v floor="$floor" -v size="$(wc -c <once)" 'BEGIN {
        ratio = (b - floor) / (a - floor)
        printf "%-28s %6.2f   (%.0f instructions a byte)\n", name, ratio, (a - floor) / size
        exit ratio > 2.2 }' || failed=1
}

echo "cost of 2n over n, at most 2.2:"
grow instructions 2000 'print "FROM a:1"; for (i = 0; i < n; i++) print "RUN echo " i'
grow stages 500 'for (i = 0; i < n; i++) print "FROM a:1 AS st-" i "\nRUN echo " i'
grow chain 500 'print "FROM a:1 AS st-0"; for (i = 1; i < n; i++) print "FROM st-" i - 1 " AS st-" i "\nRUN echo " i'
grow copies 500 'for (i = 0; i < n; i++) print "FROM a:1 AS st-" i; print "FROM b:1"; for (i = 0; i < n; i++) print "COPY --from=st-" i " /a /b" i'
grow settings 1000 'print "FROM a:1"; for (i = 0; i < n; i++) print "ENV A" i "=$A" i - 1 "x\nLABEL l" i "=b"'
grow continuations 5000 'print "FROM a:1"; printf "RUN a"; for (i = 0; i < n; i++) print " \\\n  && b" i; print ""'
grow heredoc 5000 'print "FROM a:1\nRUN <<E"; for (i = 0; i < n; i++) print "echo " i; print "E"'
grow comments 10000 'print "FROM a:1"; for (i = 0; i < n; i++) print "# " i'
grow packages 2000 'print "FROM debian:12"; printf "RUN apt-get install -y"; for (i = 0; i < n; i++) printf " p" i; print ""'
grow findings 200 'for (i = 0; i < n; i++) print "FROM a:latest AS a" i; print "FROM b:latest"; for (i = 0; i < n; i++) print "COPY --from=" i " /a /b" i'
grow places-on-a-line 1500 'print "FROM a:1"; printf "COPY"; for (i = 0; i < n; i++) printf " --link"; print " a b"'
grow alternatives 2000 'print "FROM a:1"; printf "RUN a"; for (i = 0; i < n; i++) print " \\\n  || b"; print ""'
exit $failed
