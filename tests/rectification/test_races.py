"""Four presses at the same moment, on both databases: one wins."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, WrongState
from povertyaudit.core.models import AuditEntry, Role
from rectification import services
from rectification.models import Item, PeriodReport, State
from rectification.services import opening_periods
from tests import factories
from tests.rectification import makers
from tests.rectification.makers import SEEN, at


def press(service, item, accounts, **said):
    """Each account presses in its own thread at once; the answers."""
    gate, answers = threading.Barrier(len(accounts)), []

    def go(account):
        try:
            gate.wait(timeout=20)
            service(Item.objects.get(pk=item.pk), by=account, **said)
            answers.append("won")
        except DomainError as refused:
            answers.append(type(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(account,)) for account in accounts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["apply", "verify"])
def test_of_four_presses_one_wins(verb):
    cast = makers.people()
    item = at(cast, "rectifying" if verb == "apply" else "sector_reviewed")
    by = cast.unithead if verb == "apply" else cast.inspector2
    answers = press(getattr(services, verb), item, [by] * 4, **(SEEN if verb == "verify" else {}))
    assert sorted(map(str, answers)) == sorted(map(str, ["won"] + [WrongState] * 3))
    item = Item.objects.get(pk=item.pk)
    assert item.state == (State.CLOSURE_APPLIED if verb == "apply" else State.CLOSED)
    assert item.signatures.filter(step=verb).count() == 1
    assert item.closings.count() == (verb == "verify")


@pytest.mark.django_db(transaction=True)
def test_forty_inspectors_verify_at_once_and_one_signature_stands():
    """One item, forty presses by four inspectors, half of them from the page of many: one closing, nothing doubled."""
    cast = makers.people()
    item = at(cast, "sector_reviewed", measures=1)
    rooms = [cast.inspector1.current_posts()[0].unit, cast.inspector2.current_posts()[0].unit]
    more = [factories.user(Role.SUPERVISION, unit=room, username=f"more{n}") for n, room in enumerate(rooms)]
    accounts = [cast.inspector1, cast.inspector2, *more] * 5
    by_two = [press(service, item, accounts, **SEEN) for service in (services.verify, services.verify_simple)]
    answers = [answer for answers in by_two for answer in answers]
    assert (len(answers), answers.count("won"), answers.count(WrongState)) == (40, 1, 39)
    item = Item.objects.get(pk=item.pk)
    assert (item.state, item.closings.count(), item.ways.count()) == (State.CLOSED, 1, 1)
    assert item.signatures.filter(step="verify").count() == 1
    assert AuditEntry.objects.of(item).filter(verb="item.verify").count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_four_register_at_once():
    cast = makers.people()
    gate, failed = threading.Barrier(4), []

    def go():
        try:
            gate.wait(timeout=20)
            makers.draft(cast)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    numbers = sorted(int(n[-4:]) for n in Item.objects.values_list("number", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + 4))


@pytest.mark.django_db(transaction=True)
def test_four_clocks_at_once_open_each_report_once():
    """Two workers and two clocks by mistake: each item owes one report, numbered without a gap."""
    cast = makers.people()
    ids = [at(cast, "accepted").pk for _ in range(3)]
    after = moment.today().replace(day=1) + timedelta(days=62)  # this month may be too short
    after = after.replace(day=1)
    gate, made = threading.Barrier(4), []

    def go():
        try:
            gate.wait(timeout=20)
            made.append(opening_periods.open_batch(ids, after))
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(made) == [0, 0, 0, 3]
    assert sorted(PeriodReport.objects.values_list("item", flat=True)) == ids
    assert sorted(int(n[-5:]) for n in PeriodReport.objects.values_list("number", flat=True)) == [1, 2, 3]
