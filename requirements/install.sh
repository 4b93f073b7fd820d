#!/bin/sh
# Install one hashed lock file into .venv: with uv, which is three times as fast, and where that fails with pip.
set -e
if [ -x .venv/bin/uv ]; then
    # The certificates of the machine, as pip uses them: an office network often has its own.
    UV_LINK_MODE=copy VIRTUAL_ENV=.venv .venv/bin/uv pip install -q --system-certs --require-hashes -r "$1" && exit 0
    echo "uv could not install $1; trying with pip." >&2
fi
exec .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r "$1"
