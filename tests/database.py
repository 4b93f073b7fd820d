"""The database between tests that commit: put back from a copy, instead of emptied row by row.

Emptying would meet the triggers that protect the record, and would lose the reference rows of the migrations.
"""

import shutil
import sqlite3
from pathlib import Path

from django.db import connection
from django.test import TransactionTestCase

from tests import migrated


def bring_migrated() -> None:
    """Tests start from the database as the migrations left it (migrated.py) and migrate nothing themselves."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        shutil.copyfile(migrated.kept("sqlite3", migrated.sqlite), test["NAME"])
    elif holds(migrated.TEMPLATE):
        test["TEMPLATE"] = migrated.TEMPLATE
    else:
        return
    test["MIGRATE"] = False


def holds(name: str) -> bool:
    """Whether the server has a database of this name; one that was named for the tests has not."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


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
