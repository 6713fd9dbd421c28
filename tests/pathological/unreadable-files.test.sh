#!/bin/sh
# Files that cannot be read make exit code 3, are named, and do not stop the others.
. "$(dirname "$0")/lib.sh"
make_judged
ln -s loop loop
ln -s loop Dockerfile.loop
ln -s nowhere Dockerfile.dangling
mkdir -p inside/Dockerfile
printf 'FROM alpine:latest\n' >inside/Dockerfile/Dockerfile
run check .
expect_exit 3
expect "Dockerfile.loop"
expect "Too many levels of symbolic links"
expect "Dockerfile.dangling"
expect "inside/Dockerfile/Dockerfile:1:"
expect_judged

rm Dockerfile.loop Dockerfile.dangling
run check missing judged
expect_exit 3
expect "missing"
expect "No such file or directory"
expect_judged

# A link must not bring a file of the machine into a report.
ln -s /etc/passwd Dockerfile.leak
run check .
expect_exit 3
expect "leads out"
refuse "root:"
rm Dockerfile.leak

# Pipes do not block a search.
mkfifo Dockerfile.pipe
run check .
expect_exit 0
rm Dockerfile.pipe

# Folders too deep to name; beside them everything is judged.
(
    mkdir deep && cd deep || exit 1
    name=$(printf '%0250d' 0)
    for level in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18; do
        mkdir "$name" && cd -P "./$name" || exit 1
    done
    printf 'FROM alpine:3.20\n' >Dockerfile
)
run check .
expect_exit 3
expect "File name too long"
expect_judged
rm -rf deep

# Another user's files; root reads everything, so it becomes somebody else.
run_as_somebody() {
    if [ "$(id -u)" != 0 ]; then
        run "$@"
        return
    fi
    command_line="stagepolicy $* (as another user)"
    code=0
    HOME=$folder setpriv --reuid=65534 --regid=65534 --clear-groups "$folder/.binary" "$@" >.out 2>.err || code=$?
}
printf 'FROM alpine:3.20\n' >Dockerfile.secret
mkdir locked listed
printf 'FROM alpine:3.20\n' >listed/Dockerfile
chmod 755 .
chmod 000 Dockerfile.secret locked
chmod 444 listed
if [ "$(id -u)" = 0 ]; then
    command -v setpriv >/dev/null || finish
    cp "$stagepolicy" .binary
fi
for checkout in without with; do
    if [ $checkout = with ]; then
        command -v git >/dev/null || finish
        [ "$(id -u)" != 0 ] || chown 65534:65534 .
        git init -q . 2>/dev/null
        [ "$(id -u)" != 0 ] || chown -R 65534:65534 .git
    fi
    run_as_somebody check .
    expect_exit 3
    expect "Dockerfile.secret"
    expect "locked"
    expect "listed"
    expect "Permission denied"
    expect_judged
done
finish
