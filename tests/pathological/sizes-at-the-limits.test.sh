#!/bin/sh
# The longest lines, a million continuations, a hundred thousand heredocs and flags, megabytes of one byte: `check` and
# `parse` end in a result, soon.
. "$(dirname "$0")/lib.sh"

# A text n times over.
times='function times(n, text,  all) {
    for (; n > 0; n = int(n / 2)) { if (n % 2) all = all text; text = text text }
    return all
}'

# size CHECK PARSE PROGRAM : PROGRAM (awk) prints the rest of the Dockerfile, and with these codes the commands end. Where
# check reads it (0), a policy may run out of its budget: 4.
size() {
    { echo 'FROM a:1'; LC_ALL=C awk "$times BEGIN { $3 }"; } >Dockerfile
    run check Dockerfile
    command_line="check of: $3"
    [ "$1$code" = 04 ] || expect_exit "$1"
    code=0
    "$stagepolicy" parse Dockerfile >/dev/null 2>&1 || code=$?
    command_line="parse of: $3"
    expect_exit "$2"
}

# Every run has a minute, which no build needs; a release build takes a second or two.
make_limited() {
    printf '#!/bin/sh\nexec timeout 60 "%s" "$@"\n' "$stagepolicy" >limited
    chmod +x limited
    stagepolicy=$folder/limited
}
make_limited

# Depth: a line holds ten thousand levels, joined lines hold more. Reading them needs no expansion.
size 3 0 'print "ENV x=" times(10900, "${a:-") "x" times(10900, "}")'
size 3 0 'print "ENV x=" times(5450, "${a:-${b:-") "x" times(10900, "}")'
size 0 0 'print "RUN echo " times(5450, "${a:-${b:-") "x" times(10900, "}")'
size 3 0 'print "ENV x=" times(10, times(10000, "${a:-") "\\\n") "x\\\n" times(10, times(10000, "}") "\\\n")'

# Lines of 65,535 bytes, and of one more.
size 0 0 'print "RUN echo " times(65526, "x")'
size 3 3 'print "RUN echo " times(65527, "x")'
size 0 0 'print times(100, "RUN echo " times(65526, "x") "\n")'

# A million continuations.
size 0 0 'print "RUN a" times(1000000, " \\\n") "b"'
size 0 0 'print "RUN a" times(1000000, " \\\n b")'
size 0 0 'print "RUN a" times(1000000, " \\\n && b")'

# A hundred thousand heredocs.
size 0 0 'print times(100000, "RUN <<E\necho a\nE\n")'
size 0 0 'print "COPY \\"; for (i = 0; i < 100000; i++) print "<<E" i " \\"; print "/a/"; for (i = 0; i < 100000; i++) print "x\nE" i'
size 3 3 'print "RUN cat \\"; for (i = 0; i < 100000; i++) print "<<E" i " \\"; print ""'

# A hundred thousand flags.
size 3 3 'print "RUN" times(100000, " --network=none \\\n") " true"'
size 3 3 'print "RUN \\"; for (i = 0; i < 100000; i++) print "--x" i " \\"; print "true"'
size 0 0 'print "RUN \\"; for (i = 0; i < 100000; i++) print "--mount=type=cache,target=/a" i " \\"; print "true"'
size 0 0 'print "COPY \\"; for (i = 0; i < 100000; i++) print "--exclude=a" i " \\"; print "a b"'

# Four megabytes of spaces and of quotes, in each of the places that read them on their own.
for byte in '\040' '\042' '\047'; do
    for head in "RUN a" "COPY a " "CMD ["; do
        size 0 0 "print \"$head\" times(70, times(60000, \"$byte\") \"\\\\\\n\") \"b\""
    done
done
size 3 3 'print "ENV a=" times(70, times(60000, " ") "\\\n") "b"'
size 0 0 'print "ENV a=" times(70, times(60000, "\"") "\\\n") "b"'
size 3 3 'print times(70, times(60000, "\"") "\n")'
finish
