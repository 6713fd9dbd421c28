#!/bin/sh
# Twice the input costs at most 2.2 times the instructions, counted by callgrind: growth.sh BINARY.
set -u
stagepolicy=$1
command -v valgrind >/dev/null || { echo "skipped: valgrind is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

# Instructions of one run over the file, into FILE.count.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$stagepolicy" check --fail-on never \
        --report "json=$1.json" "$1" 2>&1 >/dev/null | awk '/Collected/ { print $NF }' >"$1.count"
}

# What starting costs is taken off: it does not grow. The file is refused, as what judging costs must not be taken off
# where nothing is judged.
printf 'FROM\n' >Dockerfile
count Dockerfile
floor=$(cat Dockerfile.count)

# A text n times over, for the programs below.
times='function times(n, text,  all) {
    for (; n > 0; n = int(n / 2)) { if (n % 2) all = all text; text = text text }
    return all
}'

# grow NAME N PROGRAM : PROGRAM (awk, with n set) prints the Dockerfile. A physical line has at most 65,535 bytes, so what
# is longer goes over several.
grow() {
    LC_ALL=C awk -v n="$2" "$times BEGIN { $3 }" >once
    LC_ALL=C awk -v n=$((2 * $2)) "$times BEGIN { $3 }" >twice
    count once & count twice
    wait
    awk -v name="$1" -v a="$(cat once.count)" -v b="$(cat twice.count)" -v floor="$floor" -v size="$(wc -c <once)" 'BEGIN {
        ratio = (b - floor) / (a - floor)
        printf "%-28s %6.2f   (%.0f instructions a byte)\n", name, ratio, (a - floor) / size
        exit !(a > floor && ratio <= 2.2) }' || failed=1
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
grow removals 2000 'print "FROM debian:12"; printf "RUN apt-get install -y --no-install-recommends g++ cmake && apt-get purge -y --auto-remove"; for (i = 0; i < n; i++) print " \\\n p" i; print ""'
grow caches 400 'print "FROM debian:12"; for (i = 0; i < n; i++) print "RUN apt-get update && apt-get install p" i'
grow findings 200 'for (i = 0; i < n; i++) print "FROM a:latest AS a" i; print "FROM b:latest"; for (i = 0; i < n; i++) print "COPY --from=" i " /a /b" i'
grow places-on-a-line 1500 'print "FROM a:1"; printf "COPY"; for (i = 0; i < n; i++) printf " --link"; print " a b"'
grow alternatives 2000 'print "FROM a:1"; printf "RUN a"; for (i = 0; i < n; i++) print " \\\n  || b"; print ""'

# Lines and what joins them.
grow longest-lines 6 'print "FROM a:1"; for (i = 0; i < n; i++) print "RUN echo " times(65526, "x")'
grow lines-one-byte-too-long 20 'print "FROM a:1"; for (i = 0; i < n; i++) print "RUN echo " times(65527, "x")'
grow empty-continuations 50000 'print "FROM a:1\nRUN a" times(n, " \\\n") "b"'
grow comments-in-continuations 10000 'print "FROM a:1\nRUN a \\\n" times(n, "# c\n b \\\n") " c"'
grow blank-lines-in-continuations 10000 'print "FROM a:1\nRUN a \\\n" times(n, "\n b \\\n") " c"'
grow pieces-of-copy 10000 'print "FROM a:1\nCOPY \\\n" times(n, " a \\\n") " /b/"'
grow pieces-of-env 5000 'print "FROM a:1\nENV \\"; for (i = 0; i < n; i++) print " a" i "=b \\"; print " c=d"'
grow carriage-returns 10000 'print "FROM a:1\r"; print times(n, "RUN a \\\r\n && b\r\n")'
grow carriage-returns-at-line-ends 6 'print "FROM a:1"; for (i = 0; i < n; i++) print "RUN a" times(60000, "\r")'
grow attached-comments 20000 'print times(n, "# a comment\n") "FROM a:1"'
grow directives-twice 5000 'print times(n, "# escape=\\\n") "FROM a:1"'

# One byte again and again, on a joined line that grows, in each of the places that read it on their own. Values of ENV
# and names of heredocs have files of their own, as many of them are refused.
for byte in '\040' '\042' '\047' '\134' '\044' '\074' '\140' '\043' '\050' '\377'; do
    bytes="times(n, times(10000, \"$byte\") \"\\\\\\n\") \"b\""
    grow "arguments of $byte" 4 "print \"FROM a:1\nRUN a\" $bytes \"\nCOPY a \" $bytes \"\nCMD [\" $bytes"
    grow "values of $byte" 4 "print \"FROM a:1\nENV a=\" $bytes"
    grow "names of $byte" 4 "print \"FROM a:1\nRUN cat <<\" $bytes"
done

# Heredocs, flags, mounts, triggers.
grow heredocs 3000 'print "FROM a:1"; print times(n, "RUN <<E\necho a\nE\n")'
grow heredocs-of-an-instruction 3000 'print "FROM a:1\nCOPY \\"; for (i = 0; i < n; i++) print "<<E" i " \\"; print " /a/"; for (i = 0; i < n; i++) print "x $a\nE" i'
grow heredocs-of-a-name 3000 'print "FROM a:1\nCOPY" times(n, " <<E \\\n") " /a/\n" times(n, "x\nE\n")'
grow heredocs-left-open 3000 'print "FROM a:1\nRUN cat \\"; for (i = 0; i < n; i++) print " <<E" i " \\"; print ""'
grow heredocs-in-a-script 3000 'print "FROM a:1\nRUN <<OUTER\n" times(n, "cat <<E\nx\nE\n") "OUTER"'
grow heredocs-open-in-a-script 5000 'print "FROM a:1\nRUN <<OUTER"; for (i = 0; i < n; i++) print "cat <<E" i; print "OUTER"'
grow flags 1000 'print "FROM a:1\nRUN" times(n, " --network=none \\\n") " true"'
grow unknown-flags 1000 'print "FROM a:1\nRUN \\"; for (i = 0; i < n; i++) print " --x" i " \\"; print " true"'
grow excludes 4000 'print "FROM a:1\nCOPY \\"; for (i = 0; i < n; i++) print " --exclude=\"a" i "\" \\"; print " a b"'
grow mounts 3000 'print "FROM a:1\nRUN \\"; for (i = 0; i < n; i++) print " --mount=type=cache,target=/a" i " \\"; print " true"'
grow mounts-of-images 2000 'print "FROM a:1\nRUN \\"; for (i = 0; i < n; i++) print " --mount=from=x" i ",target=/a" i " \\"; print " true"'
grow mount-keys 10000 'print "FROM a:1\nRUN --mount=type=cache" times(n, ",target=/a\\\n") " true"'
grow unknown-mount-keys 10000 'print "FROM a:1\nRUN --mount=type=cache\\"; for (i = 0; i < n; i++) print ",k" i "=a\\"; print " true"'
grow triggers 2000 'print "FROM a:1 AS x\n" times(n, "ONBUILD RUN a\n") "FROM x"'
grow children-with-triggers 1000 'print "FROM a:1 AS x\nONBUILD RUN a\n" times(n, "FROM x\n")'

# Expansions, arrays, scripts.
grow nested-expansions 200 'for (i = 0; i < n; i++) print "FROM " times(150, "${a:-") "x" times(150, "}")'
grow nested-in-scripts 200 'print "FROM a:1"; for (i = 0; i < n; i++) print "RUN echo " times(90, "${a:-") "x" times(90, "}")'
grow variables 4 'print "FROM a:1\nARG x=y z"; for (i = 0; i < n; i++) print "ENV a=" times(15000, "$x$z")'
grow fields 4 'print "FROM a:1\nARG x=\"1 2\""; for (i = 0; i < n; i++) print "RUN echo " times(10000, "$x")'
grow patterns 4 'print "FROM a:1\nARG x=aaaaaaaaaaaaaaaaaaaaaaaa"; for (i = 0; i < n; i++) print "ENV a=" times(6000, "${x#*b}")'
grow arrays 10 'print "FROM a:1"; for (i = 0; i < n; i++) print "CMD [\"a\"" times(15000, ",\"a\"") "]"'
grow joined-arrays 10 'printf "FROM a:1\nCOPY [\"a\""; for (i = 0; i < n; i++) print times(15000, ",\"a\"") "\\"; print "]"'
grow nested-arrays 40 'print "FROM a:1"; for (i = 0; i < n; i++) print "CMD " times(9000, "[") times(9000, "]")'
grow functions 4 'print "FROM a:1"; for (i = 0; i < n; i++) print "RUN " times(5000, "a(){ x=1;};")'
grow branches 4 'print "FROM a:1"; for (i = 0; i < n; i++) print "RUN if a;then b;" times(3500, "elif a;then x=1;") "fi"'
grow assignments 4 'print "FROM a:1"; for (i = 0; i < n; i++) print "RUN " times(7000, "x=$x$x;")'
grow wrappers 4 'print "FROM a:1"; for (i = 0; i < n; i++) print "RUN " times(12000, "sudo ") "a"'
exit $failed
