"""The catalogue: figures with their definition at both doors, each opening exactly its rows; set-wise, within scope."""

import re
from datetime import date

import pytest

from cases.models import Lead, LeadStep
from funds import spans
from povertyaudit.core.models import Region
from povertyaudit.reporting import spanning
from povertyaudit.reporting.indicators import CATALOGUE, RATES, County, Reader, base, money, parted, values
from povertyaudit.reporting.indicators import leads as leads_of
from tests import factories
from tests.reporting.makers import STYLES, leads, style_leads

OF_2018 = spans.of_year(2018)


def count_on(client, address):
    found = re.search(r"共约? ?([\d,]+)", client.get(address).content.decode())
    return int(found[1].replace(",", "")) if found else 0


def test_the_666_style_cases_of_2018_come_out_of_rows(people, client):
    """Seed 000: 59 + 55 + 249 + 303 = 666; in whole, taken apart, at both doors, each part with its list."""
    style_leads(people)
    leads(people, 3, day=date(2019, 1, 1))
    client.force_login(people.casemgr)
    said = client.get("/api/v1/indicators/leads_style/?period=2018&by=style").json()
    assert (said["value"], said["unit"]) == (666, "件")
    assert {part["key"]: part["value"] for part in said["parts"]} == STYLES
    assert {part["key"]: count_on(client, part["rows"]) for part in said["parts"]} == STYLES
    assert count_on(client, said["rows"]) == 666
    whole = client.get("/api/v1/indicators/?period=2018").json()
    assert {one["code"] for one in whole["indicators"]} == set(CATALOGUE)
    assert {one["code"] for one in whole["rates"]} == set(RATES)
    page = client.get("/reports/indicators/?period=2018").content.decode()
    assert CATALOGUE["leads_style"].counts in page
    assert ">666</a>" not in page, "the definitions wait for no figure"
    later = [url.replace("&amp;", "&") for url in re.findall(r'href="(\?[^"]*part=\w+)"', page)]
    assert ">666</a>" in client.get(f"/reports/indicators/{later[1]}").content.decode(), (
        "by hand all are there"
    )
    put = [
        client.get(f"/reports/indicators/{url}", headers={"HX-Request": "true"}).content.decode()
        for url in later
    ]
    assert ['id="figure-leads_style" hx-swap-oob="true"' in one for one in put] == [True, False]
    codes = [re.findall(r'id="figure-(\w+)" hx', one) for one in put]
    assert {*codes[0], *codes[1]} == {*CATALOGUE, *RATES}
    assert not {*codes[0]} & {*codes[1]}
    assert CATALOGUE["leads_style"].counts not in put[0]


def test_one_sees_figures_of_what_one_may_know(people, client):
    style_leads(people)
    county = County(Region.objects.get(code=factories.QINGHE))
    other = County(Region.objects.get(code=factories.YUNPING))
    received = CATALOGUE["leads_received"]
    assert received.value(county, OF_2018) == 666
    assert received.value(other, OF_2018) == 0
    for name in ("neighbour", "sysadmin", "auditor", "official"):
        account = getattr(people, name)
        assert received.value(Reader(account), OF_2018) == 0
        client.force_login(account)
        assert client.get("/api/v1/indicators/leads_received/?period=2018").json()["value"] == 0
    client.force_login(people.official)
    assert client.get("/reports/board/").status_code == 403
    assert client.get("/reports/indicators/").status_code == 403


@pytest.mark.parametrize("asked", ["period=abc", "by=colour"])
def test_what_cannot_be_asked_is_said(people, client, asked):
    client.force_login(people.casemgr)
    answer = client.get(f"/api/v1/indicators/leads_received/?{asked}")
    assert answer.status_code == 422
    assert client.get("/api/v1/indicators/no-such/").status_code == 404


def test_the_whole_catalogue_costs_one_question_a_table(people, django_assert_max_num_queries):
    """However many rows there are; three periods cost as much as one."""
    leads(people, 30)
    with django_assert_max_num_queries(45):
        values(list(CATALOGUE.values()), Reader(people.secretary), [OF_2018, spans.of_year(2017), spans.ALL])


def test_periods_know_the_one_before_and_the_same_days_a_year_ago():
    today = date(2026, 11, 22)
    assert spanning.year_before(spans.of_quarter(2026, 4), today).last == date(2025, 11, 22)
    assert spanning.year_before(spans.of_month(2024, 2), today).last == date(2023, 2, 28)
    assert spanning.ten_days(date(2026, 2, 28)).first == date(2026, 2, 21)
    assert spanning.before(spanning.ten_days(date(2026, 3, 5))).last == date(2026, 2, 28)
    assert spanning.to_date(spans.of_month(2026, 3)).first == date(2026, 1, 1)


def test_the_board_compares_and_its_marks_open_their_rows(people, client):
    leads(people, 5, day=date(2018, 5, 1))
    leads(people, 2, day=date(2017, 5, 1), region=factories.OTHER_TOWN, channel="call")
    client.force_login(people.casemgr)
    page = client.get("/reports/board/?period=2018").content.decode()
    assert "受理比 2017 年多 3 件" in page
    assert 'data-chart="bars"' in page
    told = re.search(r"受理问题线索（件）</th>(.*?)</tr>", page, re.S)[1]
    links = [(url.replace("&amp;", "&"), int(n)) for url, n in re.findall(r'href="([^"]+)">(\d+)</a>', told)]
    assert [number for _, number in links] == [5, 2]
    assert [count_on(client, url) for url, _ in links] == [5, 2]
    taken = client.get("/reports/board/?period=2018&format=csv&chart=towns")
    assert "柳溪镇,5" in b"".join(taken.streaming_content).decode()
    assert client.get("/reports/board/?period=2018&format=csv&chart=none").status_code == 404
    client.force_login(people.neighbour)
    assert "没有您能看到的数" in client.get("/reports/board/?period=2018").content.decode()


def concluded(people, number, **more):
    by = {
        "handling_unit": people.casemgr.home.unit,
        "acting_unit": people.casemgr.home.unit,
        "leader": people.leader,
    }
    return leads(people, number, state="concluded", close_kind="proved", **by, **more)


@pytest.mark.parametrize("kind", ["all", "by day", "with unbounded"])
def test_together_they_are_what_each_is_alone(people, kind):
    """Asked together, narrowed to the days of all or each out of its day's index, a figure is the number of its rows."""
    days = (date(2017, 3, 1), date(2018, 5, 10), date(2019, 1, 1), date(2026, 10, 9))
    for number, day in enumerate(days, 1):
        leads(people, number, day=day)
        concluded(people, number, day=day, concluded_on=day.replace(month=12))
    wanted = [
        one for one in CATALOGUE.values() if one.model is Lead and (kind != "by day" or not one.standing)
    ]
    asked = [OF_2018, spans.of_month(2019, 1), spans.of_year(2026)]
    asked += [spans.ALL] if kind == "with unbounded" else []
    assert len(list(base._groups(wanted, asked))) == (3 if kind == "by day" else 1)
    found = values(wanted, Reader(people.secretary), asked)
    alone = {
        (one.code, span.key): one.rows(Reader(people.secretary), span).count()
        for one in wanted
        for span in asked
    }
    assert found == alone
    assert found["leads_received", "2018"] == 4
    assert kind == "by day" or found["leads_open", "2018"] == 3  # 1 of 2017 and 2 of 2018
    assert values(wanted, Reader(people.secretary), []) == {}


def test_a_figure_without_days_is_counted_of_all_rows():
    groups = base._groups([money.LEFT, leads_of.RECEIVED], [OF_2018, spans.ALL])
    assert [bool(among) for among, _ in groups] == [False, True]


def test_one_pass_takes_a_figure_apart_as_each_way_does(people):
    style_leads(people)
    leads(people, 3, day=date(2018, 5, 1))
    sight, one = Reader(people.casemgr), leads_of.RECEIVED
    together = parted(one, sight, OF_2018, [one.way("channel"), one.way("town"), leads_of.STYLE.way("style")])
    for key, numbers in zip(("channel", "town"), together, strict=False):
        assert one.marks(OF_2018, one.way(key), numbers) == one.parts(sight, OF_2018, key)
    assert {**together[2]}.pop(None) == 3
    styles = leads_of.STYLE.marks(OF_2018, leads_of.STYLE.way("style"), together[2])
    assert styles == leads_of.STYLE.parts(sight, OF_2018, "style")
    assert sum(together[0].values()) == one.value(sight, OF_2018) == 669


def test_late_leads_are_told_by_their_steps(people):
    (lead, other) = concluded(people, 2, concluded_on=date(2018, 6, 1))
    late = {
        "lead": lead,
        "unit": people.casemgr.home.unit,
        "ordinal": 1,
        "proposed_by": people.casemgr,
        "late_days": 2,
        "proposed_on": date(2018, 5, 11),
    }
    LeadStep.objects.bulk_create([LeadStep(proposer=people.casemgr.person, method="talk", **late)])
    reader = Reader(people.secretary)
    assert list(leads_of.ON_TIME.rows(reader, OF_2018)) == [Lead.objects.get(pk=other.pk)]
    assert leads_of.ON_TIME.value(reader, OF_2018) == 1
