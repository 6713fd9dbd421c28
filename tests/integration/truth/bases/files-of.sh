#!/bin/sh
# files-of FOLDER PACKAGE…: copies what those packages installed below FOLDER, as distroless images have it.
set -eu
into=$1
shift
for package; do
    dpkg -L "$package" | grep -v -e '^/usr/share/doc' -e '^/usr/share/man' -e '^/usr/share/lintian' |
        while read -r path; do
            if [ -f "$path" ] || [ -L "$path" ]; then
                if [ ! -d "$path" ]; then
                    mkdir -p "$into$(dirname "$path")"
                    cp -P "$path" "$into$path"
                fi
            fi
        done
done
