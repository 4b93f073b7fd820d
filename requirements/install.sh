#!/bin/sh
# Install one hashed lock file into .venv: with uv where it is there, with pip where not.
set -e
if [ -x .venv/bin/uv ]; then
    VIRTUAL_ENV=.venv exec .venv/bin/uv pip install -q --require-hashes -r "$1"
fi
exec .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r "$1"
