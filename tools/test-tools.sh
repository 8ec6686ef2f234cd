#!/bin/sh
# Installs the programs that the tests drive; called by `make test-tools`. Debian and its children only.
set -eu

has() { command -v "$1" >/dev/null; }

has_chromium() { has chromium || has chromium-browser || has google-chrome; }

has_postgresql() {
    has initdb && return
    for program in /usr/lib/postgresql/*/bin/initdb "$(pg_config --bindir 2>/dev/null)/initdb"; do
        [ -x "$program" ] && return
    done
    return 1
}

missing=
has_chromium || missing="$missing chromium"
has_postgresql || missing="$missing postgresql"
has npm || missing="$missing nodejs npm"

if [ -z "$missing" ]; then
    echo "Chromium, PostgreSQL and npm are here"
    exit
fi

if ! has apt-get; then
    echo "Install these with this system's own tool, then say make test-tools again:$missing" >&2
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    as_root=
elif has sudo; then
    as_root=sudo
else
    echo "Installing needs root. Ask whoever has it for: apt-get install$missing" >&2
    exit 1
fi

echo "Installing with apt-get:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086  # $missing is a list of words on purpose
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
