"""The page of a round tells its field work: each figure is the sum of the visits it opens."""

import re

import pytest
from django.test import Client
from rest_framework.test import APIClient

from inspections.models import Visit
from inspections.services import visits
from tests import factories
from tests.inspections import field_makers as makers
from tests.inspections import makers as round_makers

pytestmark = pytest.mark.django_db


def page_of(who, address):
    client = Client()
    client.force_login(factories.fresh(who))
    return client.get(address)


def test_its_figures_are_those_of_the_visits_they_open(people):
    round_ = round_makers.round_(people)
    before = page_of(people.patroloffice, round_.get_absolute_url()).content.decode()
    assert "入户" not in before
    makers.visit(people, round=round_, visited_on=round_.starts_on, households=3, talks=4)
    makers.visit(people, round=round_, visited_on=round_.starts_on, households=5, talks=0)
    gone = makers.visit(people, round=round_, visited_on=round_.starts_on, households=90)
    visits.withdraw(gone, by=people.patrol1, note="重复登记。")
    makers.visit(people, households=70)
    makers.worksheet(people, round=round_, found_on=round_.starts_on)
    page = page_of(people.patroloffice, round_.get_absolute_url()).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for words in ("走访 2 次", "入户 8 户", "谈话 4 人次", "1 份底稿还没有签齐、登记为发现问题"):
        assert words in text, text
    client = APIClient()
    client.force_authenticate(factories.fresh(people.patroloffice))
    rows = client.get(f"/api/v1/visits/?round={round_.public_id}&state=recorded").json()["results"]
    assert sorted(row["households"] for row in rows) == [3, 5]
    assert Visit.objects.count() == 4


def test_who_stands_outside_a_secret_round_reads_none_of_it(people):
    round_ = round_makers.round_(people, secret=True)
    makers.visit(people, round=round_, visited_on=round_.starts_on)
    assert page_of(people.casemgr, round_.get_absolute_url()).status_code == 404
    assert "入户" in page_of(people.patrol1, round_.get_absolute_url()).content.decode()
