#!/bin/sh
# Writes requirements.lock, requirements-test.lock and package-lock.json; called by `make lock`.
# UPGRADE=yes takes the newest versions that pyproject.toml allows; otherwise pinned versions stay.
set -eu

uv=$1
upgrade=${UPGRADE:+--upgrade}

lock() { # lock FILE PURPOSE OPTIONS...
    file=$1
    purpose=$2
    shift 2
    echo "Locking $file"
    "$uv" pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
        --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
        --annotation-style line ${upgrade} --output-file "$file" "$@" >/dev/null
    {
        echo "# $purpose"
        echo "# Exact versions with hashes, Python 3.11 to 3.14; written by \`make lock\`, never by hand."
        cat "$file"
    } >"$file.new"
    mv "$file.new" "$file"
}

lock requirements.lock "What Raccordo runs on, and what builds it." --group build
lock requirements-test.lock "The same, and what \`make test\` and \`make check\` need." \
    --group build --group test --constraint requirements.lock

if command -v npm >/dev/null; then
    echo "Locking package-lock.json"
    npm install --silent --package-lock-only --omit-lockfile-registry-resolved
else
    echo "package-lock.json left as it is: npm is missing (make test-tools installs it)"
fi
