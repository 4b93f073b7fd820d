"""`seed_scale`: a county for measuring. It holds every constraint, is the same every time, and never passes for a register."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from cases.models import Lead, LeadSubject
from funds.models import Allocation, FundingLine, LedgerEntry, Misuse, Payment, PaymentPart, Project
from povertyaudit.core import signing
from povertyaudit.core.models import AuditEntry, Clock, User
from povertyaudit.core.verify import verify
from povertyaudit.demo.scale.items import shares
from rectification.models import Item, Measure
from tests import factories

MONEY = {"projects": 60, "payments": 300, "misuses": 20, "entries": 60}
SIZE = {"leads": 400, "items": 150, "measures": 500, **MONEY, "today": date(2026, 11, 23)}


def make(**more):
    out = StringIO()
    call_command("seed_scale", stdout=out, **{**SIZE, **more})
    return out.getvalue()


@pytest.fixture(scope="module")
def scale(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        factories.empty()
        printed = make()
        connection.check_constraints()
        yield printed
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_it_makes_what_was_asked_for_with_persons_clocks_and_signatures(scale):
    assert (Lead.objects.count(), Item.objects.count(), Measure.objects.count()) == (400, 150, 500)
    assert LeadSubject.objects.count() >= 400
    assert Clock.objects.running().exists()
    closed = Item.objects.filter(state="closed")[:5]
    assert closed
    assert all(signing.holds(signature, item) for item in closed for signature in item.signatures.all())
    assert "每秒" in scale


@pytest.mark.django_db
def test_the_money_adds_up(scale):
    assert {"projects": Project.objects.count(), "misuses": Misuse.objects.count()} == {
        "projects": 60,
        "misuses": 20,
    }
    assert LedgerEntry.objects.count() == 60
    assert 250 <= Payment.objects.count() <= 300
    paid = Payment.objects.filter(state="paid")
    sums = [
        (Project, "funded_fen", FundingLine, "amount_fen"), (Project, "paid_fen", FundingLine, "paid_fen"),
        (FundingLine, "paid_fen", PaymentPart, "amount_fen"), (Project, "spent_fen", paid, "spent_fen"),
        (Allocation, "assigned_fen", FundingLine, "amount_fen"),
    ]  # fmt: skip
    for model, kept, rows, fen in sums:
        rows = getattr(rows, "objects", rows)
        assert _sum(model.objects, kept) == _sum(rows, fen) > 0, (model, kept)
    lines = FundingLine.objects.annotate(parts_fen=Coalesce(Sum("parts__amount_fen"), 0))
    assert not lines.exclude(parts_fen=F("paid_fen")).exists()
    assert Payment.objects.under_way().exists()
    assert Payment.objects.held().exists()
    assert set(Misuse.objects.values_list("state", flat=True)) == {"open", "settled"}
    assert Project.objects.visible_to(User.objects.get(username="cityfinance")).count() == 60


def _sum(rows, name):
    return rows.aggregate(all=Sum(name))["all"]


def test_people_see_their_part_of_it(scale):
    inside = User.objects.get(username="casemgr")
    outside = User.objects.get(username="neighbour")
    seen = [Lead.objects.visible_to(user).count() for user in (inside, outside)]
    assert sum(seen) == 400
    assert seen[0] > seen[1] > 0


def test_numbers_go_on_after_the_last_one(scale):
    from povertyaudit.core import numbering
    from povertyaudit.core.models import Region

    county = Region.objects.get(code="990101000000")
    given = numbering.take("item", county)
    assert not Item.objects.filter(number=given).exists()


def test_the_record_says_that_it_is_no_register(scale):
    assert AuditEntry.objects.get(verb="scale.seeded").actor is None
    broken = verify().broken
    assert len(broken) == 1
    assert "不是真实台账" in broken[0]


def test_it_refuses_a_database_with_rows_and_production(scale, settings):
    with pytest.raises(CommandError, match="已有数据"):
        make()
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="拒绝执行"):
        make()


def test_the_same_seed_gives_the_same_rows_on_both_databases(scale):
    assert Lead.objects.get(pk=1).public_id == "hYwVScEuPQgAfrMwYnUQH2"
    assert Item.objects.get(pk=150).public_id == "cD5myYa4D2gAVFDrC2WWpu"


@pytest.mark.parametrize(("items", "measures"), [(1, 1), (7, 7), (150, 500), (3, 10)])
def test_measures_are_shared_out_whole(items, measures):
    found = list(shares(items, measures))
    assert (len(found), sum(found)) == (items, measures)
    assert min(found) >= 1
