# What the tests of bad input share: an empty folder to work in, and short words for what must come out.
#
#     . "$(dirname "$0")/lib.sh"     the script gets the binary as its argument

set -u
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99 # not to be taken for an exit code of ours
stagepolicy=$1
folder=$(mktemp -d)
trap 'chmod -R u+rwx "$folder"; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

# run ARGUMENT… : runs the command; what it printed lands in .out and .err.
run() {
    command_line="stagepolicy $*"
    code=0
    "$stagepolicy" "$@" >"$folder/.out" 2>"$folder/.err" || code=$?
}

complain() {
    echo "$command_line: $1"
    sed 's/^/    /' "$folder/.out" "$folder/.err" | cut -c1-300 | head -20
    failed=1
}

expect_exit() {
    [ "$code" = "$1" ] || complain "exit code $code, expected $1"
}

# expect TEXT : somewhere in what was printed.
expect() {
    grep -qF -e "$1" "$folder/.out" "$folder/.err" || complain "does not say: $1"
}

refuse() {
    ! grep -qF -e "$1" "$folder/.out" "$folder/.err" || complain "says: $1"
}

# A Dockerfile in a folder of its own, with a finding that everything else must not hide.
make_judged() {
    mkdir -p judged
    printf 'FROM alpine:latest\nCMD ["true"]\n' >judged/Dockerfile
}

expect_judged() {
    expect "judged/Dockerfile:1:"
    expect "stages/pinned-base"
}

# make_policy NAME : a policy of pack `own`, its check read from standard input, beside one that works.
make_policy() {
    mkdir -p "own/$1" own/works
    printf 'name: own\nversion: "1"\n' >own/pack.yaml
    {
        printf 'return { id = "own/%s", title = "T", severity = "warning", check = function(build, report)\n' "$1"
        cat
        printf '\nend }\n'
    } >"own/$1/$1.lua"
    cat >own/works/works.lua <<'LUA'
return { id = "own/works", title = "T", severity = "warning", check = function(build, report)
  report { at = build.stages[1], message = "the other policy judged" }
end }
LUA
}

finish() {
    exit $failed
}
