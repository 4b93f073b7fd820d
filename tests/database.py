"""The database between tests that commit: put back from a copy, instead of emptied row by row.

Emptying would meet the triggers that protect the record, and would lose the reference rows of the migrations.
"""

import ast
import hashlib
import os
import shutil
import sqlite3
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

MIGRATED = settings.BASE_DIR / "var" / "tests"


def migrated() -> Path:
    """Where the SQLite database that these very migrations make is kept from one run to the next.

    Its name holds the text of every migration and of what they import, so that a changed one is run again.
    """
    digest = hashlib.sha256()
    for place in sorted(settings.BASE_DIR.glob("**/migrations/*.py")):
        if ".venv" not in place.parts:
            for source in (place, *imported(place)):
                digest.update(source.read_bytes())
    return MIGRATED / f"{digest.hexdigest()[:32]}.sqlite3"


def imported(place: Path) -> list[Path]:
    """The modules of this project that a file imports, and those that they import beside them."""
    found: set[Path] = set()
    waiting = [place]
    while waiting:
        for node in ast.walk(ast.parse(waiting.pop().read_text())):
            names = (
                [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for name in names:
                source = module(name or "")
                if source and source not in found:
                    found.add(source)
                    waiting.append(source)
    return sorted(found)


def module(name: str) -> Path | None:
    """The file of a module of reference data or triggers; models and services are told by the migrations."""
    if ".reference" not in name and ".trig" not in name and "_triggers" not in name:
        return None
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        return None
    return Path(spec.origin) if spec and spec.origin else None


def bring_migrated() -> None:
    """Start from the kept database, where there is one."""
    if connection.vendor == "sqlite" and migrated().exists():
        shutil.copyfile(migrated(), connection.settings_dict["TEST"]["NAME"])


def keep_migrated() -> None:
    """Keep the database as the migrations left it; whoever is last of several wins, all hold the same."""
    target = migrated()
    if connection.vendor == "sqlite" and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        for old in target.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        half = target.with_suffix(f".{os.getpid()}")
        copy_sqlite(connection.settings_dict["NAME"], str(half))
        half.replace(target)


def keep_copy() -> None:
    """Remember the database as it is now; call it again after adding rows every test should find."""
    if connection.vendor == "sqlite":
        copy_sqlite(connection.settings_dict["NAME"], f"{connection.settings_dict['NAME']}.kept")
    else:
        copy_postgres(connection.settings_dict["NAME"], f"{connection.settings_dict['NAME']}_kept")
    TransactionTestCase._fixture_teardown = put_back


def put_back(case: TransactionTestCase) -> None:
    """Make the database what it was at `keep_copy`."""
    if connection.vendor == "sqlite":
        copy_sqlite(f"{connection.settings_dict['NAME']}.kept", connection.settings_dict["NAME"])
    else:
        copy_postgres(f"{connection.settings_dict['NAME']}_kept", connection.settings_dict["NAME"])


def drop_copy() -> None:
    if connection.vendor == "sqlite":
        Path(f"{connection.settings_dict['NAME']}.kept").unlink(missing_ok=True)
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{connection.settings_dict["NAME"]}_kept" WITH (FORCE)')


def copy_sqlite(source: str, target: str) -> None:
    connection.close()
    with sqlite3.connect(source, timeout=20) as rows, sqlite3.connect(target, timeout=20) as place:
        rows.backup(place)
    rows.close()
    place.close()


def copy_postgres(source: str, target: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
