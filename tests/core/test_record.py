"""The record: chains, personal values beside them, triggers, seals — and what `verify_ledger` says when one byte changes."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from funds.models import Misuse, MisuseKind
from povertyaudit.core import audit, numbering, rows, sealing, triggers
from povertyaudit.core.errors import NotAllowed, RuleBroken, Stale
from povertyaudit.core.models import AuditEntry, AuditValue, ChainHead, Change, Seal
from povertyaudit.core.verify import verify
from tests import factories

pytestmark = pytest.mark.django_db


def kind():
    return MisuseKind.objects.first() or MisuseKind.objects.create(
        code="X", name="挪用", valid_from="2016-01-01"
    )


def misuse(by, region=factories.TOWN, **fields):
    place = factories.places()[region]
    row = Misuse(
        number=numbering.take("misuse", place),
        region=place,
        kind=kind(),
        title="饮水工程款",
        amount_fen=15_000_000,
        responsible_unit=factories.unit("柳溪镇人民政府", region=factories.TOWN),
        found_on="2026-03-02",
        description="借给镇里周转。",
        **fields,
    )
    return rows.create(row, verb="misuse.register", by=by, note="年度检查发现")


@pytest.fixture
def row(people):
    return misuse(people.finance)


def by_sql(statement, *values):
    """Change the database past the product, as somebody with its password could."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    triggers.install(connection)


def test_an_act_leaves_one_entry_a_version_and_a_change_row(people, row):
    rows.change(
        row,
        verb="misuse.edit",
        by=people.finance,
        changes={"how_found": "audit", "title": "饮水二期"},
        note="更正",
    )
    first, second = AuditEntry.objects.of(row).order_by("seq")
    assert (first.seq, second.seq, second.previous) == (1, 2, first.hash)
    assert second.changes == {"how_found": ["finance", "audit"]}
    assert set(second.sealed_values) == {"title", "note"}
    assert second.values.get(field="title").value == ["饮水工程款", "饮水二期"]
    assert second.actor_name == people.finance.display_name
    assert Misuse.objects.get().version == 2
    assert list(Change.objects.order_by("id").values_list("version", flat=True)) == [1, 2]
    assert Change.objects.first().seq is None


def test_a_note_stands_beside_the_chain_and_can_be_erased(people, row):
    entry = AuditEntry.objects.of(row).get()
    assert "年度检查发现" not in json.dumps(entry.chained(), default=str, ensure_ascii=False)
    assert AuditValue.objects.get(entry=entry, field="note").value == "年度检查发现"
    AuditValue.objects.all().delete()
    report = verify()
    assert not report.broken
    assert report.erased_values == len(entry.sealed_values)


def test_the_database_refuses_to_change_or_delete_entries(row):
    for statement in (
        "UPDATE core_auditentry SET verb = 'x'",
        "DELETE FROM core_auditentry",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_whole_record_verifies(people, row):
    misuse(people.finance)
    sealing.seal()
    report = verify()
    assert report.broken == []
    assert (report.chains, report.seals, report.unsealed_chains) == (2, 1, 0)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE core_auditentry SET actor_name = '别人' WHERE seq = 1", "操作记录被改动"),
        ("UPDATE core_auditvalue SET value = '\"改过\"'", "操作记录的内容被改动"),
        ("UPDATE funds_misuse SET amount_fen = 15000001", "业务数据被改动"),
        ("DELETE FROM funds_misuse", "业务数据被删除"),
        ("DELETE FROM core_auditvalue; DELETE FROM core_auditentry WHERE seq = 2", "操作记录末尾被删改"),
        ("DELETE FROM core_auditvalue; DELETE FROM core_auditentry", "操作记录整链缺失"),
        ("UPDATE core_seal SET count = 7", "封印被改动"),
        ("UPDATE core_sealleaf SET seq = 9", "封印被改动"),
    ],
)
def test_what_was_changed_by_sql_is_named(people, row, statement, sentence):
    rows.change(row, verb="misuse.edit", by=people.finance, changes={"title": "改名"})
    sealing.seal()
    for part in statement.split(";"):
        by_sql(part)
    broken = verify().broken
    assert any(sentence in line for line in broken), broken


def test_a_row_put_in_by_sql_is_named(people, row):
    stranger = Misuse.objects.get()
    stranger.pk, stranger.public_id, stranger.number = None, "Z" * 22, "990101-ZJ-2026-9999"
    stranger.save(force_insert=True)
    assert any("没有操作记录" in line for line in verify().broken)


def test_a_chain_rewritten_after_its_seal_is_found(people, row):
    sealing.seal()
    entry = AuditEntry.objects.of(row).get()
    entry.actor_name = "别人"
    entry.hash = audit.hashing.digest(entry.chained())
    by_sql("UPDATE core_auditentry SET actor_name = %s, hash = %s", entry.actor_name, entry.hash)
    ChainHead.objects.update(hash=entry.hash)
    assert verify().broken == [f"封印后的操作记录被改动：funds.misuse {row.pk} 第 1 条（第 1 枚封印）。"]


def test_a_seal_rewritten_too_is_found_by_the_anchor_kept_elsewhere(people, row, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    sealing.seal()
    anchor = tmp_path / "seals" / "seals.ndjson"
    call_command("verify_ledger", anchor=anchor)
    seal = Seal.objects.get()
    seal.root = "0" * 64
    seal.hash = sealing.seal_hash(seal)
    by_sql("UPDATE core_seal SET root = %s, hash = %s", seal.root, seal.hash)
    with pytest.raises(CommandError, match="封印与外部留存不符"):
        call_command("verify_ledger", anchor=anchor)


def test_sealing_twice_makes_one_seal_and_growth_makes_the_next(people, row):
    assert sealing.seal().seq == 1
    assert sealing.seal() is None
    rows.change(row, verb="misuse.edit", by=people.finance, changes={"title": "改名"})
    second = sealing.seal()
    assert (second.seq, second.count, second.previous) == (2, 1, Seal.objects.get(seq=1).hash)


def test_an_anchor_that_is_no_file_of_seals_is_one_sentence(tmp_path):
    (tmp_path / "x").write_text("[1,2")
    with pytest.raises(CommandError, match="无法读取外部留存的封印文件"):
        call_command("verify_ledger", anchor=tmp_path / "x")


def test_numbers_have_no_gap_when_an_act_fails(people):
    first = misuse(people.finance)
    with pytest.raises(RuleBroken), transaction.atomic():
        misuse(people.finance, recovered_fen=99_999_999_999)
    second = misuse(people.finance)
    assert first.number.endswith("-0001")
    assert second.number.endswith("-0002")


def test_nobody_writes_what_he_could_not_see_afterwards(people):
    with pytest.raises(NotAllowed):
        misuse(people.finance, region=factories.YUNPING)
    assert not Misuse.objects.exists()
    assert not AuditEntry.objects.exclude(target_label="core.user").exists()


def test_an_older_version_is_refused_with_the_values_as_they_are(people, row):
    rows.change(row, verb="misuse.edit", by=people.finance, changes={"title": "甲改的"}, expected_version=1)
    with pytest.raises(Stale) as refused:
        rows.change(
            row, verb="misuse.edit", by=people.finance, changes={"title": "乙改的"}, expected_version=1
        )
    assert refused.value.current["title"] == "甲改的"
    assert refused.value.version == 2


def test_the_auditor_sees_acts_of_his_county_only(people, row):
    assert AuditEntry.objects.visible_to(people.auditor).of(row).exists()
    assert AuditEntry.objects.visible_to(people.finance).of(row).exists()
    assert not AuditEntry.objects.visible_to(people.neighbour).of(row).exists()
    assert not Misuse.objects.visible_to(people.auditor).exists()
