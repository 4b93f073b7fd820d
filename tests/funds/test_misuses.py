"""Money misused is registered, comes back in rows that add up, and a wrong row is voided but stays."""

from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from funds import services
from funds.models import Misuse, MisuseKind, Recovery
from funds.workflow import MISUSE
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, Stale, WrongState
from povertyaudit.core.models import AuditEntry, Region, Role
from povertyaudit.core.verify import verify
from tests import factories
from tests.funds import makers

pytestmark = pytest.mark.django_db


def test_the_last_recovery_settles_it(people):
    row = makers.misuse(people)
    assert (row.number, row.state) == ("990101-ZJ-2026-0001", "open")
    row = makers.recovery(people, row)
    assert (row.state, row.left_fen) == ("open", 20_000_000)
    row = makers.recovery(people, row, 20_000_000, "2026-002", kind="returned")
    assert (row.state, row.left_fen) == ("settled", 0)
    assert list(Misuse.objects.outstanding()) == []


def test_the_sum_kept_is_the_sum_of_the_standing_rows(people):
    row = makers.misuse(people)
    for n in range(3):
        row = makers.recovery(people, row, 7_000_001, f"P{n}")
    row = services.void_recovery(row, by=people.finance, recovery=row.recoveries.first(), note="凭证录错")
    summed = row.recoveries.standing().aggregate(all=Sum("amount_fen"))["all"]
    assert row.recovered_fen == summed == 14_000_002
    assert Misuse.objects.with_sums().get().outstanding_fen == 30_000_000 - 14_000_002


def test_more_than_was_misused_never_comes_back(people):
    row = makers.misuse(people)
    with pytest.raises(RuleBroken) as refused:
        makers.recovery(people, row, 30_000_001)
    assert (refused.value.field, Recovery.objects.count()) == ("amount_fen", 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Misuse.objects.filter(pk=row.pk).update(recovered_fen=30_000_001)
    with pytest.raises(IntegrityError), transaction.atomic():
        Misuse.objects.filter(pk=row.pk).update(state="settled")


def test_a_voided_recovery_stays_and_opens_the_misuse_again(people):
    row = makers.recovery(people, makers.misuse(people), 30_000_000)
    paid = row.recoveries.get()
    with pytest.raises(RuleBroken):
        services.void_recovery(row, by=people.finance, recovery=paid, note=" ")
    row = services.void_recovery(row, by=people.finance, recovery=paid, note="退票")
    assert (row.state, row.recovered_fen, row.recoveries.count()) == ("open", 0, 1)
    assert not row.recoveries.get().is_standing
    with pytest.raises(WrongState):
        services.void_recovery(row, by=people.finance, recovery=paid, note="再作废")
    makers.recovery(people, row, 30_000_000)  # the same voucher number may be entered again
    assert verify().broken == []


def test_a_recovery_of_another_misuse_cannot_be_voided_here(people):
    one = makers.recovery(people, makers.misuse(people))
    other = makers.recovery(people, makers.misuse(people, title="另一笔"))
    with pytest.raises(RuleBroken):
        services.void_recovery(one, by=people.finance, recovery=other.recoveries.get(), note="错")


def test_the_same_voucher_is_entered_once(people):
    row = makers.recovery(people, makers.misuse(people))
    with pytest.raises(RuleBroken) as refused:
        makers.recovery(people, row)
    assert refused.value.field == "voucher_no"


def test_days_to_come_are_refused(people):
    with pytest.raises(RuleBroken):
        makers.misuse(people, found_on=date(2099, 1, 1))
    with pytest.raises(RuleBroken):
        makers.recovery(people, makers.misuse(people), received_on=date(2099, 1, 1))


def test_a_kind_no_longer_in_force_is_refused(people):
    MisuseKind.objects.filter(code="NO_PLAN").update(valid_to=date(2025, 12, 31))
    with pytest.raises(RuleBroken) as refused:
        makers.misuse(people)
    assert refused.value.field == "kind"
    assert makers.misuse(people, found_on=date(2025, 6, 1)).kind.code == "NO_PLAN"


def test_region_and_unit_lie_in_one_county_and_in_the_desks_own(people):
    yunping = Region.objects.get(code=factories.YUNPING)
    with pytest.raises(RuleBroken):
        makers.misuse(people, region=yunping)
    with pytest.raises(NotAllowed):
        makers.misuse(people, unit=factories.unit("松涛镇人民政府", region="990102101000"))
    assert Misuse.objects.count() == 0


def test_who_saw_an_older_version_is_told_so(people):
    row = makers.recovery(people, makers.misuse(people))
    with pytest.raises(Stale) as stale:
        makers.recovery(people, row, voucher="2", expected_version=1)
    assert stale.value.version == row.version


DESK, ANY = {Role.FINANCE}, {"open", "settled"}
TABLE = {  # who, in which states
    "record_recovery": (DESK, {"open"}), "record_returns": (DESK, {"open"}), "void_recovery": (DESK, ANY),
    "raise_owed": (DESK, ANY), "request_relief": (DESK, set()), "decide_relief": ({Role.DEPUTY, Role.SECRETARY}, {"open"}),
    "confirm_return": ({Role.SUPERVISION}, ANY), "stage_returns": (DESK, {"open"}),
    "book_returns": (DESK, set()), "drop_returns": (DESK, set()),  # no table waits: tests/funds/test_return_sheets.py
}  # fmt: skip


@pytest.mark.parametrize("state", list(Misuse.State))
def test_the_whole_table(people, state):
    """Each verb by each role, on one row with a request that waits: what an act wrote is rolled back."""
    row = makers.recovery(
        people, makers.misuse(people), 29_999_000 if state == "settled" else 1, kind="returned"
    )
    paid = row.recoveries.get()
    asked = {"kind": "reduction", "amount_fen": 5, "basis": "文1", "reason": "定多了"}
    row = services.request_relief(row, by=people.finance, **asked)
    if state == "settled":
        row = makers.recovery(people, row, 1_000, "末")
    if state == "voided":
        row = services.void_misuse(makers.misuse(people), by=people.finance, note="表格选错了")
    said = {
        "record_recovery": {"kind": "cleared", "amount_fen": 1, "voucher_no": "9", "destination": "国库"},
        "record_returns": {"voucher_no": "9", "households": [{"household": "陶有田", "amount_fen": 1}]},
        "void_recovery": {"recovery": paid, "note": "录错"}, "raise_owed": {"amount_fen": 1, "note": "利息"},
        "request_relief": asked, "decide_relief": {"granted": True},
        "confirm_return": {"recovery": paid, "result": "received", "way": "home"}, "book_returns": {}, "drop_returns": {},
        "stage_returns": {"voucher_no": "9", "lines": [{"household": "陶有田", "amount_fen": 1}]},
    }  # fmt: skip
    for verb, role in product(TABLE, Role):
        by, entries = factories.user(role, unit=factories.unit("某室")), AuditEntry.objects.count()
        allowed = role in TABLE[verb][0] and state in TABLE[verb][1]
        with transaction.atomic():
            try:
                getattr(services, verb)(Misuse.objects.get(pk=row.pk), by=by, **said[verb])
                done = True
            except DomainError:
                done = False
            assert (done, AuditEntry.objects.count() - entries) == (allowed, int(allowed)), (verb, role)
            transaction.set_rollback(True)
    assert set(MISUSE.transitions) == set(TABLE)


def test_who_registers(people):
    for role in Role:
        by = factories.user(role, unit=factories.unit("某室"))
        if role in {Role.FINANCE, Role.SUPERVISION}:
            assert makers.misuse(people, by=by).pk
        else:
            with pytest.raises(NotAllowed):
                makers.misuse(people, by=by)


SEE = {
    "finance", "casemgr", "inspector1", "inspector2", "secretary", "leader", "ledgerclient", "official", "unithead",
}  # fmt: skip


def test_who_sees_the_money_of_liuxi(people):
    row = makers.recovery(people, makers.misuse(people))
    for name, *_ in factories.PEOPLE:
        who = factories.fresh(getattr(people, name))
        assert Misuse.objects.visible_to(who).filter(pk=row.pk).exists() == (name in SEE), name
        assert Recovery.objects.visible_to(who).exists() == (name in SEE), name
