"""The same day tells the same story of the demo county: numbers, matters, dates and states, as far as its first acts."""

import pytest
from django.db import transaction

from povertyaudit.demo import seed
from povertyaudit.demo.timeline import Timeline
from tests import factories
from tests.demo.seeding import TODAY, told
from tests.demo.short import shorten

ACTS = 120


class Enough(Exception):  # noqa: N818 — the end of a telling, not an error
    """Ends a telling, with what it left behind by then."""


def first_acts(timeline):
    while timeline.acts < ACTS:
        timeline.step()
    raise Enough(told())


def left_behind():
    with pytest.raises(Enough) as ended:
        seed.seed(TODAY, "qinghe-2026")
    return ended.value.args[0]


@pytest.mark.django_db
@pytest.mark.once
def test_the_same_day_tells_the_same_story(monkeypatch):
    shorten(monkeypatch)
    monkeypatch.setattr(Timeline, "run", first_acts)
    factories.empty()
    with transaction.atomic():
        first = left_behind()
    leads, _, clocks = first
    assert min(len(leads), len(clocks)) > 10
    assert left_behind() == first
