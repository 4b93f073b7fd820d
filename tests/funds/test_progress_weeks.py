"""支出进度周报: figures of a week as they stood, kept for ever; equal places; for how many weeks a township was last."""

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from funds.models import Payment, ProgressLine, ProgressWeek, Project, Spending
from funds.services import weeks
from povertyaudit.core import moment
from povertyaudit.core.models import Region
from tests import factories
from tests.funds import payment_makers as payments
from tests.funds.project_makers import WAN
from tests.funds.test_doors import api, web

pytestmark = pytest.mark.django_db
BOARD, SERIES = "/fund-boards/weeks/", "/fund-boards/series/"


def sums(key, spent, funded=10):
    return weeks.Sums(key, 1, funded, spent, spent)


def test_equal_rates_share_a_place_and_nobody_who_is_done_is_last():
    rows = [sums("a", 10), sums("b", 6), sums("c", 12, 20), sums("d", 1), sums("e", 3), sums("f", 0, 0)]
    found = weeks.ranked(rows)
    assert [(place, row.key) for place, row in found] == [
        (1, "a"), (2, "b"), (2, "c"), (4, "e"), (5, "d"), (None, "f"),
    ]  # fmt: skip
    assert weeks.last_of(found) == {"b", "c", "d", "e"}, "who shares the third place from below is in it"
    assert weeks.last_of(found[:3]) == set(), "of three nobody is last"
    assert weeks.last_of(weeks.ranked(sums(key, 10) for key in "abcd")) == set()


def placed(people, town, fen):
    """A project of a township of its own, so much of it spent."""
    row = payments.built(people, place=town)
    if fen:
        payments.paid(people, row, fen, voucher=f"BK-{town}")
    Project.objects.filter(pk=row.pk).update(region=town)
    return row


def test_a_week_is_kept_once_as_it_stood_and_the_last_are_counted_on(people, time_machine):
    time_machine.move_to("2026-07-06T05:00:00+08:00")  # a Monday
    first, towns = date(2026, 7, 6), ["990101101000", "990101102000", "990101103000", "990101104000"]
    for number, town in enumerate(towns):
        county = Region.objects.get(code=factories.QINGHE)
        Region.objects.get_or_create(
            code=town, defaults={"name": f"第{number}镇", "level": 4, "parent": county}
        )
        placed(people, town, number * WAN)
    Project.objects.update(stored_on=first - timedelta(days=9), approved_on=first - timedelta(days=9))
    steps = ("applied_on", "endorsed_on", "reviewed_on", "paid_on")
    Payment.objects.update(**dict.fromkeys(steps, first - timedelta(days=2)))
    Spending.objects.update(spent_on=first - timedelta(days=2))
    late = Spending.objects.order_by("pk").last()
    Spending.objects.filter(pk=late.pk).update(spent_on=first)  # on the Monday itself: not yet in it
    six = timezone.make_aware(datetime.combine(first, datetime.min.time())) + timedelta(hours=6)
    assert weeks.owed(first, six - timedelta(minutes=1)) == []
    assert weeks.owed(first, six)[0][0] == f"progress-week:{first}"
    assert weeks.owed(first + timedelta(days=3), six + timedelta(days=3)), "a missed Monday is made up"
    lease = SimpleNamespace(renew=lambda: None)
    assert weeks.job({"day": first.isoformat()}, lease) == {"counties": 1}
    kept = ProgressWeek.objects.get()
    lines = kept.lines.filter(by="town").values_list("key", "place", "spent_fen", "weeks_last")
    assert list(lines) == [
        (towns[2], 1, 2 * WAN, 0), (towns[1], 2, WAN, 1), (towns[0], 3, 0, 1), (towns[3], 3, 0, 1),
    ]  # fmt: skip
    assert kept.lines.get(by="kind").paid_fen == 6 * WAN
    Spending.objects.filter(pk=late.pk).update(spent_on=first - timedelta(days=1))
    assert weeks.job({"day": first.isoformat()}, lease) == {"counties": 0}, "kept once"
    for change in (
        lambda: ProgressLine.objects.update(spent_fen=0), lambda: ProgressWeek.objects.all().delete(),
        lambda: ProgressWeek.objects.update(made_at=moment.now()),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            change()
    time_machine.move_to("2026-07-13T07:00:00+08:00")
    assert weeks.freeze(first + timedelta(days=7)) == 1
    assert dict(ProgressLine.objects.filter(weeks_last=2).values_list("key", "weeks_last")) == {
        towns[0]: 2, towns[1]: 2,
    }  # fmt: skip
    _shown(people, first)


def _shown(people, first):
    desk = web(people.finance)
    with CaptureQueriesContext(connection) as one:
        page = desk.get(BOARD).content.decode()
    assert "截至 2026-07-12，4 个乡镇参加排名" in page
    assert "连续 2 周" in page
    assert 'href="/projects/?' not in page
    assert "截至 2026-07-05" in desk.get(f"{BOARD}?week={first}").content.decode()
    live = desk.get(f"{BOARD}?week=now&by=kind").content.decode()
    links = re.findall(r'<a href="(/projects/\?standing[^"]+)">4<', live)
    assert links
    assert "共 4 条" in desk.get(links[0].replace("&amp;", "&")).content.decode()
    overview = desk.get(SERIES).content.decode()
    assert "7 月（截至 2026-07-12）" in overview
    series = desk.get(f"{SERIES}?kind=ROADS").content.decode()
    assert 'points="0.0,' in series
    assert "2026-07-05 4 项、支出率" in series
    assert "第 1 名" in web(people.official).get(BOARD).content.decode(), "read in the whole county"
    assert '"now"' not in web(people.official).get(BOARD).content.decode()
    assert web(people.petition).get(BOARD).status_code == 403
    assert (
        "还没有固定过的周报"
        in web(factories.fresh(people.neighbour)).get(f"{BOARD}?by=x&week=x").content.decode()
    )
    assert len(one) < 40
    _told(people, first)


def _told(people, first):
    """What machines are told is what the page shows."""
    here, desk = "/api/v1/progress-weeks/", api(people.finance)
    with CaptureQueriesContext(connection) as asked:
        newest, oldest = desk.get(here).data["results"]
    assert len(asked) < 12
    assert (newest["day"], oldest["through"], oldest["number"], newest["due"]) == (
        "2026-07-13", "2026-07-05", "990101-2026-07-06", 58.3,
    )  # fmt: skip
    line = next(one for one in newest["lines"] if one["place"] == 1)
    page = desk_page(people)
    assert f"{line['rate']} %" in page
    assert f"{'滞后' if line['lags'] else '超前'} {abs(line['points'])} 个百分点" in page
    towns = desk.get(f"{here}?by=town&last=true&day={first}").data["results"]
    assert [(one["place"], one["weeks_last"]) for one in towns[0]["lines"]] == [(2, 1), (3, 1), (3, 1)]
    assert desk.get(f"{here}?day_from=2026-07-14").data["results"] == []
    assert [len(one["lines"]) for one in desk.get(f"{here}?key=ROADS").data["results"]] == [1, 1]
    assert desk.get(f"{here}{oldest['id']}/").data == oldest
    assert desk.get(f"{here}?by=x").status_code == 400
    assert len(api(people.ledgerclient).get(here).data["results"]) == 2, "a program of the region reads it"
    for who in (people.neighbour, people.petition):
        assert api(who).get(here).data["results"] == []
        assert api(who).get(f"{here}{oldest['id']}/").status_code == 404


def desk_page(people):
    return web(people.finance).get(BOARD).content.decode()


def test_the_database_refuses_what_does_not_add_up(people):
    region = Region.objects.get(code=factories.QINGHE)
    day = date(2026, 7, 6)
    week = ProgressWeek.objects.create(region=region, day=day, through=day - timedelta(days=1))
    said = {
        "week": week,
        "by": "town",
        "key": "a",
        "label": "a",
        "projects": 1,
        "funded_fen": 9,
        "paid_fen": 5,
        "spent_fen": 5,
    }
    ProgressLine.objects.create(**said)
    broken = {
        "progress_week_once": lambda: ProgressWeek.objects.create(region=region, day=day, through=day - timedelta(days=1)),
        "progress_week_through_before": lambda: ProgressWeek.objects.create(region=region, day=date(2026, 7, 13), through=date(2026, 7, 13)),
        "progress_line_once": lambda: ProgressLine.objects.create(**said),
        "progress_line_adds_up": lambda: ProgressLine.objects.create(**said | {"key": "b", "spent_fen": 6}),
        "progress_line_place_of_town": lambda: ProgressLine.objects.create(**said | {"key": "b", "by": "kind", "place": 1}),
    }  # fmt: skip
    assert {one.name for model in (ProgressWeek, ProgressLine) for one in model._meta.constraints} == set(
        broken
    )
    for name, breaks in broken.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            breaks()
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), (name, str(refused.value))
