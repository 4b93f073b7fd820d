"""The database settings hold, and a test that commits leaves nothing to the next."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from povertyaudit import checks
from povertyaudit.core.models import UserSession


@pytest.mark.django_db
def test_sqlite_is_tuned_as_the_settings_say():
    if connection.vendor != "sqlite":
        pytest.skip("runs on SQLite")
    with connection.cursor() as cursor:
        found = {}
        for pragma in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys"):
            cursor.execute(f"PRAGMA {pragma}")
            found[pragma] = cursor.fetchone()[0]
    assert found == {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 20000, "foreign_keys": 1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_committed_row_is_gone_in_the_next_test(turn):
    assert not UserSession.objects.exists()
    assert ContentType.objects.exists(), "rows made by the migrations stay"
    UserSession.objects.create(session_key=f"turn-{turn}", session_data="x", expire_date=timezone.now())


@pytest.mark.django_db
def test_the_database_of_the_tests_passes_our_own_check():
    assert checks.database_speaks_chinese(["default"]) == []


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_database_with_locale_c_is_refused():
    name = f"{connection.settings_dict['NAME']}_c"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f"CREATE DATABASE \"{name}\" LOCALE 'C' ENCODING 'UTF8' TEMPLATE template0")
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        assert [problem.id for problem in checks.database_speaks_chinese(["default"])] == [
            "povertyaudit.E002"
        ]
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')
