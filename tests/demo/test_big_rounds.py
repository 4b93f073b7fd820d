"""The big rounds of the demonstration say the figures of the two counties, each by its rows, and the record holds."""

import html
import re
from datetime import date, timedelta
from random import Random

import pytest
from django.db.models import Sum
from django.test import Client

from cases.models import Handover, Lead, Outcome
from cases.models.accountability import Responsible
from inspections.models import ImmediateNotice, Opinion, Round, RoundObject, TeamMember
from povertyaudit.core.verify import verify
from povertyaudit.demo import big_rounds, geography, leads, people
from povertyaudit.demo.timeline import Diary, Timeline
from rectification.models import Item
from tests import factories

TODAY = date(2026, 11, 23)


@pytest.fixture
def cast(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    factories.empty()
    ours, _ = people.build(*geography.build(), "qinghe-2026")
    leads.load_categories()
    return ours


def told(cast, story):
    timeline = Timeline(TODAY)
    timeline.add(story(cast, Diary(Random(1), TODAY)))
    timeline.run()


def kinds(objects):
    found = list(objects.values_list("kind", flat=True))
    return {kind: found.count(kind) for kind in set(found)}


def test_a_special_round_of_three_teams(cast):
    """Seed 003."""
    told(cast, big_rounds.special)
    row = Round.objects.get()
    assert row.teams.count() == 3
    assert TeamMember.objects.filter(round=row).count() == 47
    assert kinds(row.round_objects) == {"department": 41, "town": 20, "extension_village": 40}
    assert row.findings.count() == 30
    assert row.findings.values("problem_class").distinct().count() == 6
    assert row.opinions.filter(state="accepted").count() == 294
    assert row.visits.aggregate(h=Sum("households"), t=Sum("talks")) == {"h": 300, "t": 500}
    book = Handover.objects.get()
    assert book.rows.exclude(lead=None).count() == 30
    handed = Lead.objects.filter(handover_rows__handover=book)
    assert handed.filter(case__isnull=False).count() == 10
    answerable = Responsible.objects.filter(accountability__lead__in=handed)
    assert answerable.filter(kind="person").exclude(measure="none").count() == 29
    assert answerable.filter(kind="unit", measure="talk").count() == 2
    assert Outcome.objects.filter(lead__in=handed, kind="transfer").count() == 1
    crossed_off = Item.objects.filter(finding__round=row, state="closed", closed_late=False)
    assert (row.findings.exclude(state="handed_on").count(), crossed_off.count()) == (0, 26)
    figures_open_their_rows(cast, row)
    assert verify().broken == []


def figures_open_their_rows(cast, row):
    """The page of the round tells what came of its leads to who may know of them, and to nobody else."""
    page = page_of(cast.casemgr, row.get_absolute_url())
    told = {
        "立案": (10, 10),
        "党纪政务处分": (9, 9),
        "问责": (29, 1),
        "问责单位": (2, 1),
        "移送检察机关": (1, 1),
    }
    for label, (figure, rows) in told.items():
        found = re.search(
            rf"<dt[^>]*>\s*{label}\s*</dt>\s*<dd[^>]*>\s*<a href=\"([^\"]+)\">{figure}</a>", page
        )
        assert found, label
        assert f"共 {rows} " in page_of(cast.casemgr, html.unescape(found[1]))
    assert "移送检察机关" not in page_of(cast.patroloffice, row.get_absolute_url())


def page_of(who, address):
    client = Client()
    client.force_login(who)
    return client.get(address).content.decode()


def test_the_year_2018(cast):
    """Seed 001: three regular rounds and a special one."""
    told(cast, big_rounds.year_2018)
    assert Round.objects.filter(state="closed", kind="regular").count() == 3
    assert Round.objects.filter(state="closed", kind="special").count() == 1
    assert kinds(RoundObject.objects.all()) == {"village": 72, "extension_village": 129, "town": 20}
    assert RoundObject.objects.exclude(kind="town").values("region").distinct().count() == 201
    assert Opinion.objects.filter(kind="rectify", state="accepted").count() == 283
    assert Opinion.objects.filter(kind="advice").count() == 42
    assert ImmediateNotice.objects.filter(state="closed").count() == 84
    assert Round.objects.filter(starts_on__gte=date(2018, 1, 1), window_months=2).count() == 4
    assert timedelta() <= Round.objects.latest("ends_on").finished_on - date(2018, 12, 14)
    assert verify().broken == []
