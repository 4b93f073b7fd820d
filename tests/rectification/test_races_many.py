"""Several people, or two workers, at the same moment over several items: each thing happens once, on both databases."""

import threading
from datetime import date, datetime, time

import pytest
from django.db import connection
from django.utils import timezone

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError
from povertyaudit.core.models import AuditEntry, Role
from povertyaudit.core.verify import verify
from rectification import services
from rectification.models import Escalation, Evidence, Item, ItemSignature, Publication, State
from rectification.services import escalating, escalation_letters
from tests import factories
from tests.rectification import makers
from tests.rectification.makers import SEEN, at, photo

BEGIN, LATE = date(2026, 11, 2), date(2026, 11, 23)  # due on 12 November


def at_day(day):
    return moment.pretend(timezone.make_aware(datetime.combine(day, time(9))))


def together(*acts, day=None):
    """Each act in a thread of its own, begun at one moment; what they returned, or the refusal, in their order."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def go(place, act):
        try:
            gate.wait(timeout=30)
            with at_day(day or BEGIN):
                found[place] = act()
        except DomainError as refused:
            found[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return found


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_each_step_and_each_letter_goes_out_once():
    cast = makers.people()
    with at_day(BEGIN):
        ids = [at(cast, "accepted", days=10, measures=1).pk for _ in range(3)]
    taken = together(*[lambda: escalating.take_batch(ids, LATE)] * 4, day=LATE)
    assert sorted(taken) == [0, 0, 0, 3]
    letters = list(Escalation.objects.order_by("pk"))
    assert sorted(one.item_id for one in letters) == ids
    assert [one.state for one in letters] == ["drafted"] * 3
    one = letters[0]

    def send():
        return escalation_letters.send(Escalation.objects.get(pk=one.pk), by=factories.fresh(cast.inspector1))

    sent = together(send, send, send, day=LATE)
    assert sum(isinstance(answer, Escalation) for answer in sent) == 1
    assert AuditEntry.objects.of(one).filter(verb="escalation.send").count() == 1
    assert verify().broken == []


@pytest.mark.django_db(transaction=True)
def test_many_inspectors_close_many_items_at_once_while_files_are_replaced_and_items_split():
    """Eight inspectors over sixteen items: each closed by one signature. Of a file replaced at the moment of verification
    either the verification or the replacement holds. Of two decisions over one splitting one holds."""
    cast = makers.people()
    with at_day(BEGIN):
        items = [at(cast, "sector_reviewed", measures=1) for _ in range(10)]
        split = at(cast, "accepted", measures=2)
        parts = [{"problem": "甲", "measures": [1]}, {"problem": "乙", "measures": [2]}]
        services.request_split(split, by=cast.unithead, parts=parts, reason="责任不同")
        room = cast.inspector2.current_posts()[0].unit
        more = [factories.user(Role.SUPERVISION, unit=room, username=f"more{n}") for n in range(6)]
    crowd = [cast.inspector2, *more, cast.inspector1]

    def all_of(person, mine):
        return lambda: [
            str(services.verify(Item.objects.get(pk=one.pk), by=factories.fresh(person), **SEEN).state) for one in mine
        ]  # fmt: skip

    found = together(*(all_of(person, items[n : n + 1]) for n, person in enumerate(crowd)))
    assert found == [[State.CLOSED]] * 8
    done = Item.objects.filter(pk__in=[one.pk for one in items[:8]])
    assert {(one.state, one.closings.count()) for one in done} == {(State.CLOSED, 1)}
    assert ItemSignature.objects.filter(step="verify", voided_at=None).count() == 8

    for one in items[8:]:
        shown = Evidence.objects.filter(item=one).first()

        def replaced(one=one, shown=shown):
            return services.replace_evidence(
                Item.objects.get(pk=one.pk), by=factories.fresh(cast.official), evidence=shown,
                file=photo(colour=(200, one.pk % 200, 9)), note="换一张",
            )  # fmt: skip

        def verified(one=one):
            return services.verify(Item.objects.get(pk=one.pk), by=factories.fresh(cast.inspector2), **SEEN)

        answers = together(verified, replaced)
        assert [isinstance(answer, Item) for answer in answers].count(True) == 1
        row = Item.objects.for_page().get(pk=one.pk)
        closed = row.state == State.CLOSED
        assert closed == isinstance(answers[0], Item)
        assert closed == all(row.covered(step) for step in ("apply", "review"))
    assert not Publication.objects.exists()

    def decided(person):
        return lambda: services.decide_regrouping(
            Item.objects.get(pk=split.pk), by=factories.fresh(person), granted=True
        )

    answers = together(*(decided(person) for person in (cast.inspector1, cast.inspector2, cast.leader)))
    assert [isinstance(answer, Item) for answer in answers].count(True) == 1
    assert split.parts.count() == 2
    assert verify().broken == []
