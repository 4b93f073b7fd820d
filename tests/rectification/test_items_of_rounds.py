"""The page of a round tells what became of its problems; each figure opens exactly those items, in the reader's scope."""

from datetime import timedelta

import pytest
from django.test import Client

from inspections import services as inspections
from inspections.models import Round
from povertyaudit.core import moment
from rectification.models import Item
from tests import factories
from tests.core.machines import API, machine
from tests.rectification import makers

pytestmark = pytest.mark.django_db
FOUND = {"problem_class": "干部作风", "text": "走访群众不到位。"}


def opened(who, address):
    client = Client()
    client.force_login(factories.fresh(who))
    return client.get(address)


def figures(who, round_):
    """Label → (figure, address) of the items, as the page of the round says them."""
    page = opened(who, round_.get_absolute_url())
    told = next(group for group in page.context["facts"] if group.key == "progress").facts
    return {fact.label: str(fact.value) for fact in told if "/items/" in str(fact.value)}


def test_items_done_kept_and_late_are_counted_and_opened(cast):
    first = makers.finding(cast)
    round_, by = first.round, {"source": "finding", "by": cast.patroloffice}
    assert figures(cast.patroloffice, round_) == {}
    said = {**FOUND, "unit": cast.town, "found_on": first.found_on}
    others = [inspections.record_finding(round_, by=cast.patroloffice, **said) for _ in range(2)]
    makers.at(cast, "closed", finding=first, **by)
    makers.at(cast, "long_term", finding=others[0], **by)
    late = makers.at(cast, "rectifying", finding=others[1], **by)
    makers.at(cast, "rectifying")
    past = moment.today() - timedelta(days=1)
    Item.objects.filter(pk=late.pk).update(issued_on=past, due_on=past)
    found = figures(cast.patroloffice, round_)
    assert set(found) == {"整改事项", "已销号", "长期坚持", "超期未销号"}
    for label, number, query in (
        ("整改事项", 3, ""),
        ("已销号", 1, "&state=closed"),
        ("长期坚持", 1, "&state=long_term"),
        ("超期未销号", 1, "&light=overdue"),
    ):
        address = f"items/?round={round_.public_id}{query}"
        assert address.replace("&", "&amp;") in found[label], found[label]
        assert f">{number}</a>" in found[label], found[label]
        assert opened(cast.patroloffice, f"/{address}").context["count"].number == number
        assert len(machine(cast.patroloffice).get(f"{API}{address}").json()["results"]) == number
    members = [{"user": cast.patrol1, "role": "leader"}, {"user": cast.investigator, "role": "member"}]
    inspections.set_team(Round.objects.get(pk=round_.pk), by=cast.patroloffice, members=members)
    assert figures(cast.investigator, round_) == {}
