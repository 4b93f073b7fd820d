"""Who answers in the demo county: heads from the province down, departments, 五包, teams of the 93 villages with their
terms — some near their end, one over without a successor, one recalled — and the letters of the year."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from inspections.models import VillagePerson
from povertyaudit.answering.models import Capacity, Letter, Responsibility
from povertyaudit.answering.services import handing, letters, team_lists, terms
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.models import Area, Region, RegionAttribute, RegionMark
from povertyaudit.demo.people import FAMILY, Cast

BASIS = "青组发〔2025〕3号"
STILL_LISTED = 3  # villages marked this year too: their terms are not let run out
NEAR, OVER = 4, 5  # the first four villages are near the end of the term, the next is past it
SIGNED = 12


def make(cast: Cast) -> None:
    offices(cast)
    teams(cast)
    of_the_year(cast)


def offices(cast: Cast) -> None:
    """Whoever answers by his office, in one go."""
    named = {row.code: row for row in Capacity.objects.on()}
    found = [_office(cast, named[code], **said) for code, said in _told(cast)]
    numbers = numbering.take_many("responsibility", cast.places.county, len(found))
    for row, number in zip(found, numbers, strict=True):
        row.number = number
    rows.create_many(found, verb="responsibility.register", by=cast.inspector1)


def _office(cast: Cast, capacity: Capacity, **said: Any) -> Responsibility:
    since = moment.today().replace(month=1, day=1) - timedelta(days=400)
    return Responsibility(
        capacity=capacity, code=capacity.code, single=capacity.single, starts_on=since, recorded_by=cast.inspector1, **said
    )  # fmt: skip


def _told(cast: Cast) -> Iterator[tuple[str, dict[str, Any]]]:
    """(code, who and where). The head of the county and the first townships come first: the examples name them."""
    county, government = cast.places.county, cast.countyleader.current_posts()[0].unit
    yield (
        "party_head",
        {"region": county, "name": "鲁怀谷", "post_title": "县委书记", "home_unit": government},
    )
    yield (
        "gov_head",
        {"region": county, "user": cast.countyleader, "post_title": "县长", "home_unit": government},
    )
    for number, town in enumerate(cast.places.towns, 1):
        said: dict[str, Any] = {"region": town, "post_title": "党委书记", "home_unit": cast.town_unit(number)}
        who = {"user": cast.unithead} if number == 2 else {"name": f"{FAMILY[number]}明砥"}
        yield "party_head", said | who
    yield from _above_and_beside(cast, government)
    for number, village in enumerate(cast.places.villages_of(cast.places.towns[1])):
        said = {"region": village, "home_unit": cast.town_unit(2), "post_title": "村党支部书记"}
        yield "village_party_head", said | {"name": f"{FAMILY[number]}守拙"}


def _above_and_beside(cast: Cast, government: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    county = cast.places.county
    city = Region.objects.get(pk=county.parent_id)
    province = Region.objects.get(pk=city.parent_id)
    for region, name, post in ((province, "戚北辰", "省委书记"), (city, "费望舒", "市委书记")):
        yield "party_head", {"region": region, "name": name, "post_title": post, "home_unit": government}
    yield "wb_county", {"region": county, "name": "廉行简", "post_title": "副省长", "home_unit": government}
    for unit, duty in (
        ("县农业农村局", "产业发展"),
        ("县教育局", "控辍保学"),
        ("县水利局", "饮水安全"),
        ("县民政局", "兜底保障"),
    ):
        said: dict[str, Any] = {"region": county, "home_unit": cast.units[unit], "duty": duty}
        yield "sector", said | {"name": f"{FAMILY[len(duty) * 3]}立言", "post_title": "局长"}
    for number, area in enumerate(Area.objects.filter(county=county).order_by("pk")):
        said = {"region": county, "area": area, "home_unit": government, "post_title": "县领导"}
        yield "area_head", said | {"name": f"{FAMILY[number + 9]}敬之"}
    for number, town in enumerate(cast.places.towns[:4]):
        said = {"region": town, "home_unit": government, "post_title": "市领导"}
        yield "wb_town", said | {"name": f"{FAMILY[number + 2]}云樵"}
    for number, village in enumerate(_poor(cast)[:6]):
        said = {"region": village, "home_unit": cast.units["县农业农村局"], "post_title": "副局长"}
        yield "wb_village", said | {"name": f"{FAMILY[number + 12]}若渠"}
        said = {
            "region": village,
            "home_unit": cast.town_unit(1),
            "object_no": f"H{number:04}",
            "post_title": "乡镇干部",
        }
        yield "wb_household", said | {"name": f"{FAMILY[number + 5]}景禾"}


def _poor(cast: Cast) -> list[Region]:
    return [village for village in cast.places.villages if village.code in cast.places.poor]


def teams(cast: Cast) -> None:
    """The teams by two lists as they would be sent: the second still waits. Then what became of some."""
    today, villages = moment.today(), _poor(cast)
    mark = RegionMark.objects.on().get(code="poor_village")
    RegionAttribute.objects.bulk_create(
        RegionAttribute(region=village, year=today.year, mark=mark) for village in villages[:STILL_LISTED]
    )
    serving = {
        row.region_id: row
        for row in VillagePerson.objects.serving().filter(role="first_secretary").select_related("unit")
    }
    lines = [
        line for number, village in enumerate(villages) for line in _team(cast, number, village, serving)
    ]
    made = team_lists.take_in(by=cast.patroloffice, lines=lines, basis=BASIS)
    team_lists.bring_in(made, by=cast.patroloffice, note="已核对。")
    more = [line | {"name": f"{line['name']}（新派）", "role": "队员"} for line in lines[-2:]]
    team_lists.take_in(by=cast.patroloffice, lines=more, basis="青组发〔2026〕7号", note="补派。")
    _became(cast, villages)


def _team(
    cast: Cast, number: int, village: Region, serving: dict[str, VillagePerson]
) -> list[dict[str, Any]]:
    """A first secretary and two members; who serves there already keeps his name and his days."""
    ago = 700 if number < NEAR else 760 if number < OVER else 200 + number * 3
    begun = moment.today() - timedelta(days=ago)
    units = ("县农业农村局", "县教育局", "县水利局", "县林业局", "县民政局", "县卫生健康局", "县交通运输局")
    said = {"region": village.code, "unit": units[number % len(units)], "starts_on": begun.isoformat()}
    names = [
        f"{FAMILY[(number * 3 + place) % len(FAMILY)]}{given}"
        for place, given in enumerate(("思澈", "可岚", "向榆"))
    ]
    first = said | {"role": "第一书记", "name": names[0], "post_title": "副科长"}
    if (old := serving.get(village.code)) is not None:
        first |= {"name": old.name, "unit": old.unit.name, "starts_on": old.starts_on.isoformat()}
    return [first, *(said | {"role": "队员", "name": name, "post_title": "科员"} for name in names[1:])]


def _became(cast: Cast, villages: list[Region]) -> None:
    """One is recalled and replaced, one recalled and not yet; one leaves and hands over, the other side has not confirmed."""

    def first(number: int) -> Any:
        return Responsibility.objects.serving().get(code="first_secretary", region=villages[number])

    today = moment.today()
    replaced, alone, leaves = first(10), first(11), first(12)
    terms.recall(
        replaced, by=cast.patroloffice, note="多次查到不在岗。", recalled_on=today - timedelta(days=20)
    )
    terms.succeed(
        replaced, by=cast.patroloffice, name="乔知远", home_unit=replaced.home_unit, post_title="科长", basis="另派通知",
        starts_on=today - timedelta(days=12),
    )  # fmt: skip
    terms.recall(alone, by=cast.patroloffice, note="长期不在村。", recalled_on=today - timedelta(days=5))
    terms.succeed(
        leaves, by=cast.patroloffice, name="温与安", home_unit=leaves.home_unit, post_title="科员", basis="轮换通知",
        starts_on=today - timedelta(days=3),
    )  # fmt: skip
    handing.give(
        leaves, by=cast.patroloffice, listed="帮扶台账 3 本，村集体账户复印件，未完成的安全饮水申报 1 件。"
    )


def of_the_year(cast: Cast) -> None:
    """Letters between the county and its townships, and 荻渚镇 and its villages; most townships have signed."""
    year = moment.today().year
    made = letters.draw_year(
        by=cast.inspector1, year=year, region=cast.places.county, paper_no=f"青办发〔{year}〕2号"
    )
    towns = [row for row in made if row.code == "party_head" and row.lower.user_id is None][:SIGNED]
    for row in towns:
        letters.sign(row, by=cast.inspector1, side="upper")
        letters.sign(row, by=cast.inspector1, side="lower")
    waits = Letter.objects.for_list().get(year=year, region=cast.places.towns[1], code="party_head")
    letters.sign(waits, by=cast.inspector1, side="upper")
