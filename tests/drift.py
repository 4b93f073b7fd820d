"""Generated papers must say what the code says: migrations aside, `make check` fails on any difference.

`python -m tests.drift --write` writes them anew.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPENAPI = ROOT / "docs" / "openapi.yaml"
STATES = ROOT / "docs" / "states.md"
# Throw-away keys, so that the deployment check sees a whole configuration.
PRODUCTION = {
    "POVERTYAUDIT_ENV": "production",
    "SECRET_KEY": "check-only-3Jx9fQ2vL7mZ0pR4sT8wY1bN6cD5hGkE2uW4xZ8qR6tY0i",
    "VAULT_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "ID_MATCH_KEY": "check-only-p0Qx8rT2uV5yB1nM4kL7jH9gF3dS6aZw",
    "ALLOWED_HOSTS": "ledger.example",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1/nothing",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


def manage(*arguments: str, **environ: str) -> int:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env={**os.environ, **environ}, check=False
    ).returncode


def openapi(write: bool) -> int:
    """The OpenAPI document as committed against the one the code gives."""
    here = {"DATABASE_URL": ""}  # the bounds of numbers in it follow the database: SQLite's are written
    if write:
        return manage("spectacular", "--file", str(OPENAPI), **here)
    if not OPENAPI.exists():
        sys.stdout.write("docs/openapi.yaml is not there yet: nothing to compare.\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "openapi.yaml"
        failed = manage("spectacular", "--file", str(fresh), **here)
        if failed or fresh.read_text(encoding="utf-8") == OPENAPI.read_text(encoding="utf-8"):
            return failed
    sys.stdout.write("docs/openapi.yaml is stale: python -m tests.drift --write\n")
    return 1


def states(write: bool) -> int:
    """The tables of states, generated from the workflows."""
    if not STATES.exists() and not write:
        sys.stdout.write("docs/states.md is not there yet: nothing to compare.\n")
        return 0
    return manage("write_states") if write else manage("write_states", "--check")


def indicators(write: bool) -> int:
    """The catalogue of indicators as a paper."""
    return manage("write_indicators") if write else manage("write_indicators", "--check")


def documents(write: bool) -> int:
    """The fields of templates of official documents."""
    return manage("write_documents") if write else manage("write_documents", "--check")


def deployment() -> int:
    """`check --deploy` as production would see it."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"DATA_DIR": folder, **PRODUCTION}
        return manage("check", "--deploy", "--tag", "security", "--fail-level", "WARNING", **environ)


if __name__ == "__main__":
    anew = "--write" in sys.argv
    sys.exit(max(openapi(anew), states(anew), indicators(anew), documents(anew), 0 if anew else deployment()))
