"""四种形态: one person counts once in a period at the heaviest, whatever leads he stands in; each figure opens its rows."""

import itertools
import random
from datetime import date

import pytest

from cases.models import LeadSubject, Outcome
from cases.persons import CERTAIN, person, same_person, same_town, told_apart
from povertyaudit.core.models import Region
from tests import factories
from tests.cases.test_filing_doors import caller, past  # noqa: F401 — a fixture

pytestmark = pytest.mark.django_db
VILLAGE, ELSEWHERE, COUNTY = "990101102003", "990101105001", "990101000000"
NUMBERED = "990101197508113026"


def who(name, unit="", digest="", place=VILLAGE):
    return person(name, unit, digest), place


ONE = {
    "the same ID number, whatever he is called": (who("周建民", "甲镇", "a"), who("周健民", "乙局", "a", ELSEWHERE)),
    "name and unit": (who("周建民", "荻渚镇政府"), who("周建民", "荻渚镇政府", place=ELSEWHERE)),
    "name and unit, traditional and spaced": (who("周 建民", "荻渚鎮政府"), who("周建民", "荻渚镇政府", place=ELSEWHERE)),
    "name and township": (who("周建民", "荻渚镇政府"), who("周建民", "村委会", place="990101102007")),
    "one of them with his ID number": (who("周建民", "荻渚镇政府", "a"), who("周建民", "荻渚镇政府", place=ELSEWHERE)),
    "by way of a third": (who("周建民", "甲"), who("周建民", "甲", place=ELSEWHERE), who("周建民", "乙", place=ELSEWHERE)),
}  # fmt: skip
SEVERAL = {
    "alike by name only": (who("周建民", "甲局"), who("周建民", "乙局", place=ELSEWHERE)),
    "alike by name in the county itself": (who("周建民", "甲局", place=COUNTY), who("周建民", "乙局", place=COUNTY)),
    "two ID numbers": (who("周建民", "荻渚镇政府", "a"), who("周建民", "荻渚镇政府", "b")),
    "nobody's name": (who("周某某", "荻渚镇"), who("周某某", "荻渚镇")),
    "no name to speak of": (who("？"), who("？")),
}  # fmt: skip


def groups(people):
    rows = [(key, *one) for key, one in enumerate(people, 1)]
    random.shuffle(rows)
    return told_apart(rows)


@pytest.mark.parametrize("people", ONE.values(), ids=ONE)
def test_who_is_one(people):
    assert set(groups(people).values()) == {1}


@pytest.mark.parametrize("people", SEVERAL.values(), ids=SEVERAL)
def test_who_is_not(people):
    assert groups(people) == {key: key for key, _ in enumerate(people, 1)}


def test_who_is_like_two_of_different_numbers_is_neither():
    two, like = (who("周建民", "甲局", "a"), who("周建民", "甲局", "b")), who("周建民", "甲局")
    assert groups((*two, like)) == {1: 1, 2: 2, 3: 3}
    assert groups((*two, like, like)) == {1: 1, 2: 2, 3: 3, 4: 3}


def test_the_many_are_told_apart_by_the_same_rule_as_two():
    names, units, places = (
        ("周建民", "周某某", "吴广"),
        ("", "甲局", "乙局"),
        (VILLAGE, "990101102007", ELSEWHERE, COUNTY),
    )
    all_ = [
        who(*said, place=place)
        for said in itertools.product(names, units, ("", "a", "b"))
        for place in places
    ]
    for (one, here), (two, there) in itertools.combinations(all_, 2):
        match = same_person(one, two, near=same_town(here, there))
        certain = match is not None and match.what in CERTAIN
        assert (len(set(told_apart([(1, one, here), (2, two, there)]).values())) == 1) == certain, (one, two)


@pytest.fixture
def sanctioned(past):  # noqa: F811
    numbers = iter(range(1, 28))

    def enter(measure, decided_on, **more):
        said = {
            "name": "周建民",
            "unit_text": "荻渚镇政府",
            "region": Region.objects.get(code=factories.VILLAGE),
        }
        case = past(next(numbers), measure=measure, decided_on=decided_on, **said | more)
        return Outcome.objects.get(lead=case.lead)

    return enter


def opened(client, address):
    """The numbers of the rows an address shows."""
    page = client.get(address).content.decode().split('id="list"')[1]
    return {one.number for one in Outcome.objects.all() if one.number in page}


def test_two_leads_of_one_person_count_once_in_each_period_and_each_figure_opens_its_rows(
    sanctioned, people, client
):
    light = sanctioned("party_warning", date(2018, 5, 2))
    heavy = sanctioned("party_removal", date(2018, 5, 4))
    later = sanctioned("admin_warning", date(2018, 9, 3), concluded_on=date(2018, 9, 9))
    namesake = sanctioned(
        "party_warning",
        date(2018, 5, 6),
        unit_text="县林业局",
        region=Region.objects.get(code="990101000000"),
    )
    client.force_login(people.casemgr)
    board = client.get("/outcomes/forms/").content.decode()
    for words in ("2018 年<", "2018 年第 3 季度", "只是同名的分别计"):
        assert words in board
    assert board.index("2018 年<") < board.index("2018 年第 3 季度") < board.index("2018 年第 2 季度")
    year, spring = (
        "decided_from=2018-01-01&decided_to=2018-12-31",
        "decided_from=2018-04-01&decided_to=2018-06-30",
    )
    shown = {  # form and period as they stand in the link → (figure, rows)
        f"tab=counted&form=3&{year}": ("1（50.0%）", {heavy}),
        f"tab=counted&form=2&{year}": ("1（50.0%）", {namesake}),
        f"tab=counted&{year}": ("2", {heavy, namesake}),
        f"tab=counted&form=2&{spring}": ("1（50.0%）", {namesake}),
        "tab=counted&form=2&decided_from=2018-07-01&decided_to=2018-09-30": ("1（100.0%）", {later}),
    }
    for query, (figure, rows) in shown.items():
        assert f'/outcomes/?{query.replace("&", "&amp;")}">{figure}</a>' in board
        assert opened(client, f"/outcomes/?{query}") == {row.number for row in rows}
    page = client.get(f"/outcomes/?{spring}&form=2").content.decode()
    assert opened(client, f"/outcomes/?{spring}&form=2") == {light.number, namesake.number}
    for number, rows in ((2, {namesake}), (3, {heavy})):  # above the list the form asked for is no condition
        link = f"?{spring}&once=true&form={number}".replace("&", "&amp;")
        assert f'{link}">1 人' in page
        assert opened(client, f"/outcomes/?{spring}&form={number}&once=true") == {row.number for row in rows}
    totals = caller(people.casemgr).get(f"/api/v1/outcomes/totals/?{spring}&form=2").json()
    assert (totals["persons"], totals["form_2"], totals["form_3"]) == (2, 1, 1)
    told = caller(people.casemgr).get(f"/api/v1/outcomes/?{spring}&once=true").json()["results"]
    assert {row["number"] for row in told} == {heavy.number, namesake.number}
    assert caller(people.neighbour).get("/api/v1/outcomes/totals/?once=true").json()["form_3"] == 0


def test_a_person_found_to_be_another_is_counted_apart_at_once(sanctioned, people, client):
    first, second = (
        sanctioned("party_warning", date(2018, 5, 2)),
        sanctioned("party_removal", date(2018, 5, 4)),
    )
    assert [row.pk for row in Outcome.objects.all().once()] == [second.pk]
    for pk, digit in ((first.subject_id, "a"), (second.subject_id, "b")):
        LeadSubject.objects.filter(pk=pk).update(
            id_digest=digit * 64, id_last4=digit * 4, id_key=bytes.fromhex(digit * 32)
        )
    assert Outcome.objects.all().once().count() == 2


def test_of_equals_the_one_decided_first_counts_and_no_correction_counts_twice(sanctioned):
    later, first = (
        sanctioned("party_warning", date(2018, 5, 4)),
        sanctioned("party_warning", date(2018, 5, 2)),
    )
    assert [row.pk for row in Outcome.objects.all().once()] == [first.pk]
    Outcome.objects.filter(pk=first.pk).update(state="replaced", counts=False)
    assert [row.pk for row in Outcome.objects.all().once()] == [later.pk]


def test_the_board_costs_the_same_for_one_and_for_many(
    sanctioned, people, client, django_assert_max_num_queries
):
    client.force_login(people.casemgr)
    sanctioned("party_warning", date(2018, 5, 2))
    client.get("/outcomes/forms/")
    with django_assert_max_num_queries(40) as few:
        client.get("/outcomes/forms/")
    for n in range(3):
        sanctioned("party_warning", date(2018, 5, 3), name=f"周建{'甲乙丙'[n]}")
    with django_assert_max_num_queries(len(few)):
        client.get("/outcomes/forms/")
