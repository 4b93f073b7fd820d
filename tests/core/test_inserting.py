"""Many rows at once: what lies in the tables afterwards is what `save` and `record` would have written."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Category, Channel, Lead, LeadSubject
from povertyaudit.core import audit, first_entries, inserting, rows
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import AuditEntry, Change, Region, User
from povertyaudit.core.models.base import ALPHABET, new_public_ids
from povertyaudit.core.sideways import Sideways
from povertyaudit.core.verify import verify
from tests import factories
from tests.written import written

pytestmark = pytest.mark.django_db
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60)
ODD = [
    "",
    "\\N",
    "\\",
    "a\tb",
    "c\nd\r\n",
    "\\t",
    '"',
    "'",
    "\x7f\u2028",
    "😀",
    "\\x41",
    "0",
    "１",
    "{}",
    "\\.",
]


def lead(by, number, **more):
    unit = by.post_as(["petition"]).unit
    said = {
        "channel": Channel.LETTER, "received_on": date(2026, 1, 5), "title": "反映一件", "text": "文",
        "region": Region.objects.get(code=factories.VILLAGE), "category": Category.objects.on().filter(axis="corruption").first(),
        "registering_unit": unit, "registered_by": by, "number": number,
    }  # fmt: skip
    return Lead(**said | more)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=1, max_size=5))
def test_every_text_comes_back_as_it_was_put(texts):
    with transaction.atomic():
        found = [*texts, *ODD]
        said = [{"一": text, "二": [text, None, 1.5, True]} for text in found]
        table = Sideways(
            Change,
            len(found),
            {"label": [text[:60] for text in found], "scope_after": said},
            {"row_id": "x", "version": 1},
        )
        inserting.insert(table)
        kept = Change.objects.filter(row_id="x").order_by("pk")
        assert list(kept.values_list("label", "scope_after", "scope_before", "deleted", "seq")) == [
            (text[:60], value, None, False, None) for text, value in zip(found, said, strict=True)
        ]
        transaction.set_rollback(True)


def test_kinds_of_values(people):
    at, key = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC), b"\x00\\\t\nx" + b"1" * 11
    made = [lead(people.petition, f"T{n}", amount_fen=n or None, created_at=at) for n in range(3)]
    inserting.insert_rows(made)
    persons = [
        LeadSubject(lead=one, name="\\N", id_digest=key.hex() * 2, id_last4="1234", id_key=key if n else bytes(16))
        for n, one in enumerate(made)
    ]  # fmt: skip
    persons[0].id_digest = "0" * 64
    inserting.insert_rows(persons)
    for one in (*made, *persons):
        kept = type(one).objects.get(pk=one.pk)
        for field in one._meta.concrete_fields:
            now, then = (getattr(row, field.attname) for row in (kept, one))
            assert (bytes(now) if isinstance(now, memoryview) else now) == then, field
        assert not one._state.adding


def test_keys_are_nobody_elses(people):
    first = inserting.keys(Lead, 3)
    made = [lead(people.petition, "T1")]
    inserting.insert_rows(made)
    one = lead(people.petition, "T2")
    one.save()
    assert len({*first, made[0].pk, one.pk}) == 5
    assert inserting.keys(Lead, 1)[0] not in {*first, made[0].pk, one.pk}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rows_that_are_all_alike(count):
    inserting.insert(Sideways(Change, count, {}, {"label": "x", "row_id": "y", "version": 1}))
    inserting.insert(
        Sideways(Change, count, {"label": ["x"] * count, "row_id": ["y"] * count}, {"version": 1})
    )
    assert Change.objects.filter(label="x", row_id="y", version=1, seq=None).count() == 2 * count


def put(*tables, then=lambda: None):
    with transaction.atomic(), inserting.Lane() as lane:
        for table in tables:
            lane.put(table)
        then()


def test_what_the_database_refuses_is_raised_at_the_end_of_the_lane(people):
    twice = Sideways.of([lead(people.petition, "T1"), lead(people.petition, "T1")])
    note = Sideways(Change, 1, {"label": ["x"], "row_id": ["y"], "version": [1]})
    with pytest.raises(IntegrityError):
        put(note, twice, note)
    with pytest.raises(ZeroDivisionError):
        put(note, then=lambda: 1 // 0)
    if connection.vendor == "postgresql":  # what went wrong first here is what is said
        with pytest.raises(ZeroDivisionError):
            put(twice, then=lambda: 1 // 0)
    assert not Lead.objects.exists()
    assert not Change.objects.exists()
    with pytest.raises(TypeError, match="not of Change"):
        Sideways(Change, 1, {"nonsense": [1]})


def test_many_new_dossiers_are_written_and_recorded_as_one_by_one(people):
    by = factories.fresh(people.petition)
    odd = "题\\N\t“一”\n二\x7f😀"
    values = [
        {"title": "反映一件", "text": odd}, {"title": odd.replace("\n", ""), "amount_fen": 0}, {"amount_fen": 5, "check_note": "核"},
    ]  # fmt: skip
    singly, together = [
        [lead(by, f"{letter}{n}", **{"text": "", "title": "反映"} | more) for n, more in enumerate(values)]
        for letter in ("A", "B")
    ]
    for one in singly:
        rows.create(
            one, verb="lead.register", by=by, children=[LeadSubject(lead=one, name="柏某", unit_text=odd)]
        )
    rows.create_many(
        together, verb="lead.register", by=by,
        below=(lambda one: [LeadSubject(lead=one, name="柏某", unit_text=odd)],),
    )  # fmt: skip
    for one, other in zip(singly, together, strict=True):
        assert written(one) == written(other)
        assert audit.intact(AuditEntry.objects.for_reader(by).get(target_id=other.pk))
    assert verify().broken == []


def test_a_rule_the_database_knows_is_told_in_its_words(people):
    by = factories.fresh(people.petition)
    with pytest.raises(DomainError, match="不能早于受理日期"):
        rows.create_many(
            [lead(by, "T1"), lead(by, "T2", result_due_on=date(2025, 1, 1))], verb="lead.register", by=by
        )
    with pytest.raises(DomainError) as refused:
        rows.create_many([lead(by, "T1"), lead(by, "T2", title="")], verb="lead.register", by=by)
    assert refused.value.field == "title"
    assert not Lead.objects.exists()


def test_the_digest_of_new_rows_is_that_of_the_rows_as_they_lie_there(people):
    made = [lead(people.petition, f"T{n}", amount_fen=n, repeats=n, text='\x01\\"' * n) for n in range(3)]
    inserting.own_keys(made)
    said = first_entries.digests(Sideways.of(made))
    inserting.insert_rows(made)
    assert dict(zip(map(audit.key_of, made), said, strict=True)) == audit.row_digests(made)


def test_ids_are_drawn_from_all_signs_alike():
    found = new_public_ids(3000)
    assert {len(one) for one in found} == {22}
    assert len(set(found)) == 3000
    often = {sign: "".join(found).count(sign) for sign in ALPHABET}
    assert len(often) == len(set(ALPHABET))
    assert max(often.values()) < 1.3 * min(often.values())
    assert new_public_ids(0) == []


def test_no_statement_a_row(people, django_assert_max_num_queries):
    by = User.objects.get(pk=people.petition.pk)
    made = [lead(by, f"T{n}") for n in range(300)]
    with django_assert_max_num_queries(25):
        rows.create_many(made, verb="lead.register", by=by)
    assert connection.vendor in {"postgresql", "sqlite"}
