# Installs what a script needs, on Debian and Ubuntu; sourced by examples/quickstart.sh and tests/run.sh.
#
#     install_missing WHO "PROGRAM…" "PKG-CONFIG MODULE…" "DEBIAN PACKAGE…"
#
# Elsewhere, and without the right to install, it names what to install and ends with exit code 2.

name_missing() {
    for program in $1; do
        command -v "$program" >/dev/null 2>&1 || printf '%s ' "$program"
    done
    for module in $2; do
        pkg-config --exists "$module" 2>/dev/null || printf '%s ' "$module"
    done
}

install_missing() {
    missing=$(name_missing "$2" "$3")
    if [ -z "$missing" ]; then
        return
    fi
    echo "$1: missing: $missing"
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "$1: this is not Debian or Ubuntu; install these (modules with their development files) and try again" >&2
        exit 2
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1; then
        as_root=sudo
    else
        echo "$1: neither root nor sudo; have somebody run: apt-get install $4" >&2
        exit 2
    fi
    $as_root apt-get update -q
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $4
}
