"""The books balance after every act and refuse to be made otherwise, whoever writes: random acts, and writes beside the verbs."""

from datetime import date
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funds import services
from funds.models import LedgerEntry, Misuse, MisuseNature, Recovery, Relief
from funds.querysets import totals
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError
from povertyaudit.core.verify import verify
from tests.funds import makers

pytestmark = pytest.mark.django_db
FEN = st.integers(1, 400)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("settle"), FEN, st.sampled_from([k for k in Recovery.Kind.values if k != "written_off"])),
        st.tuples(st.just("returns"), st.lists(FEN, min_size=1, max_size=3)),
        st.tuples(st.just("reverse"), st.integers(0, 5)),
        st.tuples(st.just("raise"), FEN),
        st.tuples(st.just("relief"), FEN, st.sampled_from(Relief.Kind.values), st.booleans()),
    ),
    max_size=9,
)  # fmt: skip


def act(people, row, number, what, *said):
    desk = people.finance
    if what == "settle":
        return makers.recovery(people, row, said[0], f"{row.number}-{number}", kind=said[1])
    if what == "returns":
        homes = [{"household": f"户{n}", "amount_fen": fen} for n, fen in enumerate(said[0])]
        return services.record_returns(row, by=desk, voucher_no=f"{row.number}-{number}", households=homes)
    if what == "reverse":
        standing = list(row.recoveries.standing())
        if not standing:
            return row
        return services.void_recovery(row, by=desk, recovery=standing[said[0] % len(standing)], note="录错")
    if what == "raise":
        return services.raise_owed(row, by=desk, amount_fen=said[0], note="利息")
    row = services.request_relief(
        row, by=desk, kind=said[1], amount_fen=said[0], basis=f"文{number}", reason="查实"
    )
    return services.decide_relief(row, by=people.leader, granted=said[2], note="意见")


def balanced(row):
    """What the misuse says, its entries add up to, and the last entry bears are one and the same."""
    sums = row.entries.aggregate(**totals())
    settled = sums["taken"] + sums["returned"] + sums["otherwise"]
    assert sums["owed"] == settled + sums["open"]
    assert (row.owed_fen, row.recovered_fen, row.left_fen) == (sums["owed"], settled, sums["open"])
    last = row.entries.order_by("no").last()
    assert (last.owed_after_fen, last.settled_after_fen, last.open_after_fen) == (
        sums["owed"],
        settled,
        sums["open"],
    )
    assert (row.state == "settled") == (sums["open"] == 0)
    assert list(row.entries.values_list("no", flat=True)) == list(range(1, last.no + 1))


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(acts=ACTS)
def test_whatever_is_settled_corrected_and_changed_the_books_balance(people, acts):
    with transaction.atomic():
        row = makers.misuse(people, amount_fen=1000, found_on=date(2020, 1, 1))
        balanced(row)
        for number, (what, *said) in enumerate(acts):
            try:
                with transaction.atomic():
                    act(people, row, number, what, *said)
            except DomainError as refused:
                said_why = str(refused)  # more than is open, or nothing to settle: nothing was written
                assert said_why.endswith("。")
            row = Misuse.objects.get(pk=row.pk)
            balanced(row)
        assert verify().broken == []
        transaction.set_rollback(True)


@pytest.fixture
def book(people):
    """300,000 owed; 100,000 settled, 20,000 to a household, one of 50,000 reversed."""
    row = makers.recovery(people, makers.misuse(people))
    row = makers.recovery(people, row, 2_000_000, "R1", kind="returned")
    row = makers.recovery(people, row, 5_000_000, "R2")
    return services.void_recovery(
        row, by=people.finance, recovery=row.recoveries.get(voucher_no="R2"), note="录错"
    )


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_what_is_booked_is_neither_changed_nor_deleted_nor_written_beside(people, book):
    entries, paid = LedgerEntry.objects.filter(misuse=book), book.recoveries.order_by("pk")[0]
    refused(lambda: entries.update(amount_fen=1))
    refused(lambda: entries.update(reason="改"))
    refused(lambda: LedgerEntry.objects.filter(pk=entries.last().pk)._raw_delete("default"))
    refused(lambda: Recovery.objects.filter(pk=paid.pk).update(amount_fen=1))
    refused(lambda: Recovery.objects.filter(pk=paid.pk).update(kind="returned"))
    refused(lambda: Recovery.objects.filter(voucher_no="R2").update(voided_at=moment.now()))
    refused(lambda: Recovery.objects.filter(pk=paid.pk)._raw_delete("default"))
    refused(lambda: Misuse.objects.filter(pk=book.pk).update(recovered_fen=0))
    refused(lambda: Misuse.objects.filter(pk=book.pk).update(adjusted_fen=-1))
    refused(lambda: Misuse.objects.filter(pk=book.pk).update(amount_fen=1))
    before = entries.count()
    last = entries.last()
    good = {
        "misuse": book, "no": last.no + 1, "debit": "open", "credit": "owed", "amount_fen": 5, "reason": "利息",
        "owed_after_fen": last.owed_after_fen + 5, "settled_after_fen": last.settled_after_fen,
        "open_after_fen": last.open_after_fen + 5, "booked_on": makers.FOUND, "booked_by": people.finance,
    }  # fmt: skip
    other = makers.recovery(people, makers.misuse(people)).recoveries.get()
    takes = {"debit": "treasury", "credit": "open", "owed_after_fen": last.owed_after_fen,
             "settled_after_fen": last.settled_after_fen + 5, "open_after_fen": last.open_after_fen - 5}  # fmt: skip
    for wrong in (
        {"no": last.no}, {"no": last.no + 2}, {"owed_after_fen": last.owed_after_fen}, {"open_after_fen": last.open_after_fen},
        {"settled_after_fen": 0, "open_after_fen": last.owed_after_fen + 5}, {"amount_fen": 0}, {"amount_fen": -5},
        {"debit": "treasury", "credit": "owed"}, {"debit": "open", "credit": "open"}, {"reason": ""}, {"booked_by": None},
        takes, {**takes, "recovery": other}, {**takes, "recovery": paid}, {**takes, "debit": "written_off", "recovery": other},
        {"debit": "owed", "credit": "open", "owed_after_fen": last.owed_after_fen - 5, "open_after_fen": last.open_after_fen - 5},
        {"reverses": entries.first()},
    ):  # fmt: skip
        refused(lambda wrong=wrong: LedgerEntry(**(good | wrong)).save())
    assert entries.count() == before
    LedgerEntry(**good).save()  # the good one alone is taken, and carries the sums of its misuse with it
    assert Misuse.objects.get(pk=book.pk).adjusted_fen == 5
    refused(lambda: Misuse.objects.create(
        kind=book.kind, title="凭空", amount_fen=9, recovered_fen=9, responsible_unit=book.responsible_unit, region=book.region,
        found_on=makers.FOUND, description="无", state="settled", number="990101-ZJ-2026-9999",
    ))  # fmt: skip


def test_the_tables_refuse_what_the_verbs_refuse(people, book):
    asked = {
        "misuse": book,
        "kind": "write_off",
        "amount_fen": 5,
        "reason": "x",
        "basis": "文1",
        "asked_by": people.finance,
    }
    Relief(**asked).save()
    refused(lambda: Relief(**asked).save())  # one waits at a time
    done = {"state": "granted", "decided_on": makers.FOUND}
    refused(lambda: Relief(**asked, **done, decided_by=people.finance).save())
    refused(lambda: Relief(**asked, **done).save())
    refused(lambda: Relief(**{**asked, "amount_fen": 0}, **done, decided_by=people.leader).save())
    refused(lambda: Misuse.objects.filter(pk=book.pk).update(period_to=makers.FOUND))
    refused(
        lambda: Misuse.objects.filter(pk=book.pk).update(period_from=makers.FOUND, period_to=date(2026, 1, 1))
    )
    paid = book.recoveries.get(voucher_no="R1")
    paper = {"misuse": book, "kind": "treasury", "amount_fen": 1, "received_on": makers.FOUND, "voucher_no": "R1",
             "destination": "库", "voucher_county": paid.voucher_county}  # fmt: skip
    refused(lambda: Recovery(**paper).save())  # the same paper in the same county
    Recovery(**{**paper, "voucher_county": "990102000000"}).save()
    refused(lambda: Recovery(**{**paper, "voucher_no": "R9", "household": "某户"}).save())
    assert MisuseNature.objects.on().count() == 5


def test_rows_of_1_0_become_the_entries_that_were_booked(people, book):
    """What the migration makes of a misuse with its recoveries is what the verbs wrote, one by one."""
    carried = import_module("funds.migrations.0008_books_carried_over").entries_of(book, LedgerEntry)
    facts = (
        "no",
        "debit",
        "credit",
        "amount_fen",
        "owed_after_fen",
        "settled_after_fen",
        "open_after_fen",
        "recovery_id",
    )
    assert [tuple(getattr(one, name) for name in facts) for one in carried] == list(
        LedgerEntry.objects.filter(misuse=book).values_list(*facts)
    )
    assert carried[-1].reverses is carried[-2]
