"""The year 2018 from the books of one county (domain §12, seed 001): three regular rounds and a special one, each with its
teams, the theme of its quarter, problems and what became of them.

Hundreds of like objects are written together (`rows.create_many`): each with its chain, at the price of one.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from inspections import services
from inspections.models import Campaign, Finding, Round, RoundObject
from povertyaudit.core import rows
from povertyaudit.core.models import Region
from povertyaudit.demo import big_results as results
from povertyaudit.demo import rectified
from povertyaudit.demo import words_rounds as words
from povertyaudit.demo.campaigns import ASPECTS
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

# Seed 001, the year 2018: name, kind, first and last day; villages looked at, villages beside them (延伸), townships;
# put right at once, told and done, advice to departments.
YEAR: tuple[tuple[str, str, date, date, tuple[int, int, int], tuple[int, int, int]], ...] = (
    ("第十一届县委第四轮巡察", Round.Kind.REGULAR, date(2018, 3, 5), date(2018, 4, 27), (20, 38, 6), (24, 80, 12)),
    ("第十一届县委第五轮巡察", Round.Kind.REGULAR, date(2018, 5, 14), date(2018, 7, 6), (20, 38, 6), (24, 80, 12)),
    ("第十一届县委第六轮巡察", Round.Kind.REGULAR, date(2018, 8, 20), date(2018, 10, 12), (20, 38, 6), (24, 80, 12)),
    ("第十一届县委扶贫领域专项巡察", Round.Kind.SPECIAL, date(2018, 11, 5), date(2018, 12, 14), (12, 15, 2), (12, 43, 6)),
)  # fmt: skip
THEMES = (  # 一季一主题, one a quarter; the problem of which class and its point of the 28
    ("危房改造和易地搬迁专题", "查对象认定、资金兑付和后续扶持。", "政策落实", "对象识别不准"),
    ("数据比对线索专题", "比对查出的线索逐条核实。", "廉洁自律", "虚报冒领、套取骗取"),
    ("村级财务专题（2018年）", "查村级账目、资产和公开。", "资金使用", "账目不清、白条入账"),
    ("退耕还林等三项补助专题", "查退耕还林、公益林、粮食直补的发放。", "项目管理", "对象识别不准"),
)
FOUND = 2  # problems of each round that the books tell one by one
TEAM = 4


def year_2018(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """The rounds of 2018, entered afterwards from the office's books: 201 villages and 20 townships (seed 001)."""
    yield diary.ago(361)
    found: list[Finding] = []
    villages, more = iter(cast.places.villages), iter(cast.places.villages[72:])
    towns = iter(enumerate(cast.places.towns, 1))
    for number, (name, kind, first, last, (looked_at, beside, offices), told) in enumerate(YEAR):
        row = services.open_round(
            by=cast.patroloffice, name=name, kind=kind, region=cast.places.county, starts_on=first, ends_on=last,
            approved_by=cast.secretary, note="按当年台账补录。",
        )  # fmt: skip
        row = _team(row, number, cast)
        team = row.teams.get()
        objects = [
            RoundObject(round=row, name=town.name, kind=RoundObject.Kind.TOWN, region=town, unit=cast.town_unit(at))
            for at, town in islice(towns, offices)
        ]  # fmt: skip
        objects += [_village(row, one, RoundObject.Kind.VILLAGE) for one in islice(villages, looked_at)]
        objects += [_village(row, one, RoundObject.Kind.EXTENSION) for one in islice(more, beside)]
        for one in objects:
            one.state, one.entered_on, one.left_on, one.team = RoundObject.State.LEFT, first, last, team
        rows.create_many(objects, verb="object.add", by=cast.patroloffice)
        results.of_2018(row, cast, *told)
        theme = _theme(row, number, cast)
        found += _found(Round.objects.get(pk=row.pk), theme, number, cast)
        again, note = Round.objects.get(pk=row.pk), "当年已反馈，整改完成。"
        services.finish_round(again, by=cast.patroloffice, finished_on=last, note=note)
    yield from rectified.of_the_books(found, cast, diary)
    for name, *_ in YEAR:
        row = Round.objects.get(name=name)
        services.close_round(row, by=cast.patroloffice, note="当年已办结，补录。")


def _team(row: Round, number: int, cast: Cast) -> Round:
    """One team, its leader not that of the round before."""
    leader = (cast.patrol1, cast.patrol2)[number % 2]
    term = {"seconded_from": row.starts_on, "seconded_to": row.ends_on}
    members: list[dict[str, Any]] = [{"user": leader, "role": "leader"}]
    members += [
        {"user": user, "role": "member", **term}
        for user in cast.seconded[number * TEAM : (number + 1) * TEAM]
    ]
    return services.set_team(row, by=cast.patroloffice, members=members, authorisation="按当年授权决定补录")


def _theme(row: Round, number: int, cast: Cast) -> Campaign:
    """The campaign of the quarter with the 28 points of the year's plan, over since."""
    name, theme, *_ = THEMES[number % len(THEMES)]
    quarter = number + 1
    points = [{"aspect": aspect, "text": text} for aspect, texts in ASPECTS.items() for text in texts]
    last = date(2018, quarter * 3, 31 if quarter in {1, 4} else 30)
    made = services.open_campaign(
        by=cast.patroloffice, name=name, region=row.region, year=2018, quarter=quarter, theme=theme, points=points,
        starts_on=date(2018, quarter * 3 - 2, 1), ends_on=last,
    )  # fmt: skip
    services.join_campaign(row, by=cast.patroloffice, campaign=made)
    return made


def _found(row: Round, theme: Campaign, number: int, cast: Cast) -> list[Finding]:
    """Problems of the theme in the first townships of the round; the campaign is over with them."""
    *_, klass, text = THEMES[number % len(THEMES)]
    problems = dict(words.CLASSES)[klass]
    towns = row.round_objects.filter(kind="town").select_related("unit").order_by("pk")[:FOUND]
    point = theme.points.get(text=text)
    made = [
        services.record_finding(
            row, by=cast.patroloffice, problem_class=klass, aspect=problems[at][0], text=problems[at][1], unit=town.unit,
            found_on=row.starts_on + timedelta(days=10), point=point,
        )
        for at, town in enumerate(towns)
    ]  # fmt: skip
    services.close_campaign(theme, by=cast.patroloffice, note="当年已总结，补录。")
    return made


def _village(row: Round, village: Region, kind: str) -> RoundObject:
    return RoundObject(round=row, name=village.name, kind=kind, region=village)
