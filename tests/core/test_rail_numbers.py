"""The numbers of the rail: kept for half a minute, gone with one's own act, counted anew where they must agree."""

import re
from datetime import timedelta

import pytest

from povertyaudit import home
from povertyaudit.core import kept, moment
from povertyaudit.core.models import Post, Role
from tests import factories
from tests.core.test_record import misuse

pytestmark = pytest.mark.django_db


def test_the_numbers_of_the_rail_are_late_for_half_a_minute_and_never_wrong_about_ones_own(
    client, people, monkeypatch
):
    monkeypatch.setattr(kept, "SECONDS", 30)

    def shown(path="/projects/"):
        page = client.get(path).content.decode()
        rail = page.split('class="rail"')[1].split("</nav>")[0]
        found = re.search(r'href="/misuses/"[^>]*>[^<]*(?:<span class="num">(\d+)</span>)?', rail)
        return int(found[1] or 0)

    asked, count = [], home.numbers_of
    monkeypatch.setattr(home, "numbers_of", lambda user: asked.append(user) or count(user))
    client.force_login(people.finance)
    assert shown() == shown() == 0
    assert len(asked) == 1

    misuse(people.finance, region=factories.TOWN)  # somebody else, in the same second
    assert shown() == 0
    assert shown("/") == shown() == 1  # 我的工作 says what is, and the next page with it

    misuse(people.finance, region=factories.TOWN)
    assert shown() == 1
    client.post("/sign-out-others/")  # an act of his own, even one that is no page
    assert shown() == 2

    misuse(people.finance, region=factories.TOWN)
    assert shown() == 2
    later = moment.now() + timedelta(seconds=kept.SECONDS + 1)
    monkeypatch.setattr(moment, "now", lambda: later)
    assert shown() == 3

    misuse(people.finance, region=factories.OTHER_TOWN)
    assert shown() == 3
    Post.objects.filter(user=people.finance).update(role=Role.SUPERVISION, region_id=factories.OTHER_TOWN)
    assert shown() == 1  # another post is another reader


def test_a_refusal_counts_nothing_and_keeps_nothing(client, people, monkeypatch):
    monkeypatch.setattr(kept, "SECONDS", 30)
    client.force_login(people.finance)
    assert client.get("/misuses/none/").status_code == 404
    assert kept.KEY not in client.session
