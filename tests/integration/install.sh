#!/bin/sh
# Installs the consumers that the tests of this folder let read our reports, below FOLDER, where ctest looks for them.
#
#     tests/integration/install.sh build/tests/integration
#
# GitLab's readers are packages of Debian: apt install ruby ruby-activesupport ruby-json-schemer
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: tests/integration/install.sh FOLDER}
mkdir -p "$folder"
cd "$folder"
folder=$PWD
if command -v npm >/dev/null; then
    npm install --no-audit --no-fund --prefix . @microsoft/sarif-multitool@5.7.0
    chmod u+x node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
else
    echo "npm is missing: no SARIF validator" >&2
fi
if command -v mvn >/dev/null; then
    mvn -q -B -Dmaven.repo.local="$folder/maven" -f "$here/jenkins/pom.xml" dependency:build-classpath \
        -Dmdep.outputFile="$folder/classpath"
else
    echo "mvn is missing: no parsers of Jenkins" >&2
fi
