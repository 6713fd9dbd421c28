#!/bin/sh
# Gets what the truth test builds with, below FOLDER, where ctest looks for it: BuildKit itself, a registry, and the base
# images. What is there already is kept, so a second run takes seconds. Needs root, Debian or Ubuntu, Go and Python.
#
#     tests/integration/truth/install.sh build/tests/integration/truth
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: tests/integration/truth/install.sh FOLDER}
version=v0.34.2
mkdir -p "$folder/bin"
folder=$(cd "$folder" && pwd)

# Programs of the distribution.
missing=
for program in runc docker-registry debootstrap; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
if [ -n "$missing" ]; then
    apt-get update -q
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
fi

# BuildKit, of the version that the whole project compares itself with.
if [ ! -x "$folder/bin/buildkitd" ] || [ ! -x "$folder/bin/buildctl" ]; then
    mkdir -p "$folder/module"
    (
        cd "$folder/module"
        [ -e go.mod ] || go mod init judge
        go get -tool "github.com/moby/buildkit/cmd/buildkitd@$version" "github.com/moby/buildkit/cmd/buildctl@$version"
        go build -o "$folder/bin" tool
    )
fi

# The package archive that this machine uses for Debian 12, if it does; else that which debootstrap knows.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 2>/dev/null |
    sed -n 's/^\([^ ]*\) bookworm$/\1/p' | head -n 1)
if [ ! -e "$folder/context/rootfs.tar" ]; then
    root=$folder/rootfs
    rm -rf "$root"
    # shellcheck disable=SC2086
    debootstrap --variant=minbase bookworm "$root" $mirror
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/dev/*
    # What Debian's own images set, and what this machine needs to reach package indexes.
    echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/speedup"
    echo 'Apt::AutoRemove::SuggestsImportant "false";' >"$root/etc/apt/apt.conf.d/autoremove-suggests"
    apt-config dump Acquire | grep -e '^Acquire::Check-' -e '^Acquire::https\?::Proxy' \
        >"$root/etc/apt/apt.conf.d/machine" || true
    mkdir -p "$root/etc/ssl/certs" "$root/usr/local/share/ca-certificates"
    certificates=/etc/ssl/certs/ca-certificates.crt
    cp "$certificates" "$root/etc/ssl/certs/"
    cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/" 2>/dev/null || true
    printf '[global]\ncert = %s\n' "$certificates" >"$root/etc/pip.conf"
    echo "cafile=$certificates" >"$root/root/.npmrc"
    mkdir -p "$folder/context"
    tar -C "$root" --numeric-owner -cf "$folder/context/rootfs.tar" .
    rm -rf "$root"
fi
cp "$here/bases/Dockerfile" "$here/bases/files-of.sh" "$folder/context/"

exec python3 "$here/judge.py" "$folder"
