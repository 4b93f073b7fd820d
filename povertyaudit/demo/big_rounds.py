"""Rounds at their real size, from the records of two counties (domain §12): 41 departments, 20 townships and 40 villages
in one special round of three teams (seed 003); a year of four rounds that looked at 72 villages and 129 more (seed 001).

Hundreds of like objects are written together (`rows.create_many`): each with its chain, at the price of one.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from inspections import services
from inspections.models import Round, RoundObject, Team
from povertyaudit.core import rows
from povertyaudit.core.models import Region, Unit
from povertyaudit.demo import big_results as results
from povertyaudit.demo import rectified
from povertyaudit.demo import words_rounds as words
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

TEAMS = ("巡察一组", "巡察二组", "巡察三组")
DEPARTMENTS, TOWNS, VILLAGES = 41, 20, 40
PROBLEMS = 5  # of each class


def special(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Three teams of 47 seconded people, 101 objects, 6 classes and 30 problems (seed 003)."""
    at = diary.ago(350)
    yield at
    row = services.open_round(
        by=cast.patroloffice, name="第十二届县委第四轮巡察（脱贫攻坚专项）", kind=Round.Kind.SPECIAL,
        region=cast.places.county, starts_on=at.date() + timedelta(days=7), ends_on=at.date() + timedelta(days=60),
        approved_by=cast.secretary, authorisation="青巡〔2025〕4 号",
    )  # fmt: skip
    teams = _teams(row, cast)
    yield diary.ago(342)
    objects = _objects(row, cast, teams, entered_on=diary.ago(342).date())
    yield diary.ago(330)
    _findings(row, cast)
    numbers = results.numbers("opinion", row, results.OPINIONS)
    yield diary.ago(326)
    handover = results.hand_over(Round.objects.get(pk=row.pk), cast)
    yield diary.ago(300)
    results.visits(row, cast, on=diary.ago(341).date())
    yield diary.ago(292)
    left: list[Any] = list(RoundObject.objects.filter(pk__in=[one.pk for one in objects]).order_by("pk"))
    for one in left:
        services.leave(one, by=cast.patrol1 if one.team_id == teams[0].pk else cast.patroloffice)
    results.opinions(row, cast, numbers, sent_on=diary.ago(326).date())
    yield diary.ago(290)
    again = Round.objects.get(pk=row.pk)
    services.finish_round(again, by=cast.patroloffice, note="现场工作结束，向被巡察单位面对面反馈。")
    yield from rectified.run(Round.objects.get(pk=row.pk), cast, diary)
    yield diary.ago(rectified.LAST)
    results.settle(handover, cast)


def _teams(row: Round, cast: Cast) -> list[Team]:
    """47 people: a leader, a deputy and members in each; where they come from."""
    homes = departments(cast)
    leaders = (cast.patrol1, cast.patrol2, cast.seconded[0])
    rest = cast.seconded[1:]
    first, last = row.starts_on, row.ends_on
    for number, (name, leader) in enumerate(zip(TEAMS, leaders, strict=True)):
        seconded = {"seconded_from": first, "seconded_to": last}
        members: list[dict[str, Any]] = [{"user": leader, "role": "leader", **seconded}]
        for place, user in enumerate(rest[number :: len(TEAMS)]):
            members.append({
                "user": user, "role": "deputy" if place == 0 else "member", "home_unit": homes[(number + 3 * place) % len(homes)],
                **seconded,
            })  # fmt: skip
        row = services.set_team(
            row, by=cast.patroloffice, members=members, team=name, authorisation="青巡〔2025〕5 号",
            repeat_reason="三个组的组长均为本轮首次授权。",
        )  # fmt: skip
    return list(row.teams.order_by("place"))


def departments(cast: Cast) -> list[Unit]:
    """Those of the cast first."""
    found = [unit for unit in cast.units.values() if unit.kind == "department"]
    return found[:DEPARTMENTS]


def _objects(row: Round, cast: Cast, teams: Sequence[Team], *, entered_on: date) -> list[RoundObject]:
    """41 departments, 20 townships, 40 villages, each with its team."""
    county = cast.places.county
    places: list[tuple[str, str, Region, Unit | None]] = [
        (unit.name, RoundObject.Kind.DEPARTMENT, county, unit) for unit in departments(cast)
    ]
    for number, town in enumerate(cast.places.towns[:TOWNS], 1):
        places.append((town.name, RoundObject.Kind.TOWN, town, cast.town_unit(number)))
    places += [(one.name, RoundObject.Kind.EXTENSION, one, None) for one in cast.places.villages[:VILLAGES]]
    made = [
        RoundObject(
            round=row, name=name, kind=kind, region=region, unit=unit, team=teams[number % len(teams)], state="entered",
            entered_on=entered_on,
        )
        for number, (name, kind, region, unit) in enumerate(places)
    ]  # fmt: skip
    return rows.create_many(made, verb="object.add", by=cast.patroloffice)


def _findings(row: Round, cast: Cast) -> None:
    """30 problems in 6 classes, of departments and townships in turn, those with somebody who puts things right."""
    homes = [unit for unit in departments(cast) if unit.name in rectified.BUREAUS]
    number = 0
    for klass, problems in words.CLASSES:
        for aspect, text in problems[:PROBLEMS]:
            unit = homes[number % len(homes)] if number % 2 else cast.town_unit(1 + number % TOWNS)
            services.record_finding(
                Round.objects.get(pk=row.pk), by=cast.patroloffice, problem_class=klass, aspect=aspect, text=text, unit=unit,
                immediate=number % 10 == 8,
            )  # fmt: skip
            number += 1
