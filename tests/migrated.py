"""The database as the migrations leave it: made once, for all processes of a run and for the next runs, in var/tests.

SQLite: a file. PostgreSQL: the folder of a whole cluster that was stopped in peace, with a database of this name in it.
As a program: migrate the database that the environment names, as an installation does.
"""

import contextlib
import fcntl
import hashlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "var" / "tests"
TEMPLATE = "migrated"


def named(suffix: str) -> Path:
    """Its name holds the text of every migration and of what migrations import: reference rows and triggers."""
    digest = hashlib.sha256()
    for package in sorted(ROOT.glob("[a-z]*/__init__.py")):
        for place in sorted(package.parent.rglob("*.py")) if package.parent.name != "tests" else ():
            if place.parent.name == "migrations" or "reference" in str(place) or "trig" in place.name:
                digest.update(str(place.relative_to(ROOT)).encode() + place.read_bytes())
    return PLACE / f"{digest.hexdigest()[:32]}.{suffix}"


def kept(suffix: str, make: Callable[[Path], None]) -> Path:
    """What is kept under this suffix; `make` makes it at the path it is given, unless another process just did."""
    PLACE.mkdir(parents=True, exist_ok=True)
    target = named(suffix)
    with (PLACE / f"{suffix}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            for old in PLACE.glob(f"*.{suffix}*"):
                if old.name != f"{suffix}.lock":
                    shutil.rmtree(old) if old.is_dir() else old.unlink()
            half = target.with_name(f"{target.name}-half")
            make(half)
            half.replace(target)
    return target


def migrate(**environ: str) -> None:
    """In a process of its own, without the settings of whoever asks."""
    kept_out = ("DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER")
    inherited = {name: value for name, value in os.environ.items() if name not in kept_out}
    subprocess.run(
        [sys.executable, "-m", "tests.migrated"],
        env={**inherited, "POVERTYAUDIT_ENV": "local", **environ},
        cwd=ROOT,
        check=True,
    )


def sqlite(half: Path) -> None:
    scratch = half.with_name(f"{half.name}.data")
    scratch.mkdir(exist_ok=True)
    migrate(DATA_DIR=str(scratch))
    (scratch / "db.sqlite3").replace(half)
    shutil.rmtree(scratch)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "povertyaudit.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{TEMPLATE}"')
        connection.close()
        connection.settings_dict["NAME"] = TEMPLATE
    with contextlib.suppress(SystemExit):  # says by it that all went well; a failure is a CommandError
        call_command("serve", only="migrate", stdout=io.StringIO())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    main()
