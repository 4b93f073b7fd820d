"""Where rows are written by the thousand, each index answers a question, and each key is still found by one."""

import pytest
from django.apps import apps
from django.db import connection

from povertyaudit.core import needless

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has these indexes"),
]
TABLES = (
    "cases_lead",
    "cases_leadsubject",
    "core_clock",
    "core_auditentry",
    "core_auditvalue",
    "sheets_sheetrow",
)
MODELS = [model for model in apps.get_models() if model._meta.db_table in TABLES]


def asked(statement, *given):
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [row[0] for row in cursor.fetchall()]


def plan(table, column, value="1"):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f'EXPLAIN SELECT id FROM "{table}" WHERE "{column}" = %s', [value])
        return "\n".join(line for (line,) in cursor.fetchall())


def test_nothing_is_kept_for_like_and_nothing_twice():
    defined = {
        table: asked("SELECT indexdef FROM pg_indexes WHERE tablename = %s", table) for table in TABLES
    }
    assert [one for found in defined.values() for one in found if "pattern_ops" in one] == []
    for table, column in (
        ("cases_lead", "region_id"), ("cases_lead", "acting_unit_id"), ("cases_lead", "leader_id"),
        ("core_auditvalue", "entry_id"), ("sheets_sheetrow", "sheet_id"),
    ):  # fmt: skip
        alone = [one for one in defined[table] if one.endswith(f"({column})")]
        first = [one for one in defined[table] if f"({column}," in one]
        assert (alone, bool(first)) == ([], True), (table, column)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_every_key_is_found_by_an_index(model):
    """Who is looked for by it, and who may not be deleted while it names him."""
    assert len(MODELS) == len(TABLES)
    for field in model._meta.concrete_fields:
        if field.is_relation:
            assert "Seq Scan" not in plan(model._meta.db_table, field.column), field


def test_what_most_rows_have_not_is_indexed_where_it_is():
    for table, column in (("cases_lead", "batch_id"), ("cases_lead", "handler_id"), ("core_clock", "owner_user_id"),
                          ("cases_leadsubject", "managed_by_id")):  # fmt: skip
        held = asked(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE %s",
            table,
            f"%({column})%",
        )
        assert [one.endswith(f"WHERE ({column} IS NOT NULL)") for one in held] == [True], (
            table,
            column,
            held,
        )


def test_done_twice_it_is_done_once():
    before = asked("SELECT indexdef FROM pg_indexes WHERE tablename = 'cases_lead' ORDER BY 1")
    needless.likes(connection, "cases_lead")
    needless.covered(connection, "cases_lead", "region_id")
    needless.filled_only(connection, "cases_lead", "batch_id")
    assert asked("SELECT indexdef FROM pg_indexes WHERE tablename = 'cases_lead' ORDER BY 1") == before
