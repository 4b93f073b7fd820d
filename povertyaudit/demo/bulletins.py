"""Bulletins of the demo county: 17 issued (62 cases, 101 person-times), one approved, one before the leader, one a draft."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from cases.models import Bulletin, BulletinCase, BulletinChannel, Case, Lead
from cases.services import bulletins, publishing
from povertyaudit.core import moment
from povertyaudit.demo.filed import MATTERS, case_number, past_measures, published
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

ISSUES, LARGER = 17, 11  # eleven of four cases, six of three
FIRST_AGO, APART = 352, 20
PREFACE = "为强化警示教育，现将查处的典型案例通报如下。"
# What the year itself brought, not issued yet: title, how far it has come, and words other than the register's.
UNDER_WAY = (
    ("关于近期查处的惠农补贴领域典型案例的通报", ("submit", "approve"), ""),
    (
        "关于群众身边不正之风典型问题的通报",
        ("submit",),
        "经查属实，{name}受到相应处理，违纪资金已按规定处置。",
    ),
    ("关于集体“三资”管理典型问题的通报", (), ""),
)


def stories(cast: Cast, diary: Diary) -> Iterator[Iterator[datetime]]:
    """One for each issued bulletin, three weeks apart."""
    of, start = len(past_measures()), 0
    numbers = [case_number(place, of) for place in published()]
    matters = [MATTERS[place % len(MATTERS)][1] for place in published()]
    for issue in range(ISSUES):
        end = start + (4 if issue < LARGER else 3)
        at = diary.ago(FIRST_AGO - APART * issue)
        told = list(zip(numbers[start:end], matters[start:end], strict=True))
        yield _issued(cast, at, told, last=issue == ISSUES - 1)
        start = end


def _issued(cast: Cast, at: datetime, told: list[tuple[str, str]], *, last: bool) -> Iterator[datetime]:
    yield at
    cases = {case.number: case for case in Case.objects.filter(number__in=[number for number, _ in told])}
    town = cases[told[0][0]].lead.region.parent
    title = f"关于{town.name}等地{told[0][1]}等 {len(told)} 起典型案例的通报"
    row = bulletins.draft(by=cast.casemgr, title=title, preface=PREFACE)
    for number, matter in told:
        row = _told(row, cases[number].lead, matter, cast)
    row = bulletins.submit(row, by=cast.casemgr)
    yield moment.now() + timedelta(hours=2)
    row = bulletins.approve(row, by=cast.secretary, note="同意印发。")
    row = bulletins.issue(row, by=cast.casemgr)
    if last:
        _send(row, cast)


def _told(row: Bulletin, lead: Lead, matter: str, cast: Cast) -> Bulletin:
    """A case as the register has it: its persons, and what was decided on them."""
    people = list(lead.subjects.all())
    facts = f"{people[0].name}在担任{people[0].post_text}期间，{matter}，{lead.filed_on:%Y年}被立案审查调查。"
    if more := people[1:]:
        facts += f"{more[0].name}监督不力，负有责任。"
    return bulletins.add_case(
        row, by=cast.casemgr, lead=lead, problem=f"{matter}问题", facts=facts,
        persons=[{"name": one.name} for one in people],
    )  # fmt: skip


def make(cast: Cast) -> None:
    """Those still under way, from cases this year decided; as far as there are any."""
    leads = iter([*_of_the_year(cast), *_left_over(cast)][: len(UNDER_WAY)])
    for title, steps, words in UNDER_WAY:
        lead = next(leads, None)
        if lead is None:
            return
        row = bulletins.draft(by=cast.casemgr, title=title, preface=PREFACE)
        row = _add(row, lead, cast, words)
        for step in steps:
            row = getattr(bulletins, step)(row, by=cast.secretary if step == "approve" else cast.casemgr)


def _of_the_year(cast: Cast) -> list[Lead]:
    rows = bulletins.eligible().visible_to(cast.casemgr)
    decided = rows.filter(dispatched_on__isnull=False, outcomes__state__in=("pending", "executed"))
    return list(decided.distinct().order_by("concluded_on", "pk"))


def _left_over(cast: Cast) -> list[Lead]:
    """Past cases no bulletin tells of, for a year told short."""
    told = BulletinCase.objects.values("lead")
    rows = bulletins.eligible().visible_to(cast.casemgr).filter(dispatched_on=None, subjects__isnull=False)
    return list(rows.exclude(pk__in=told).distinct().order_by("concluded_on", "pk")[: len(UNDER_WAY)])


def _add(row: Bulletin, lead: Lead, cast: Cast, words: str) -> Bulletin:
    said = bulletins.filled(lead)
    persons = bulletins.persons_of(lead)
    who: Any = lead.subjects.get(name=persons[0]["name"])
    return bulletins.add_case(
        row, by=cast.casemgr, lead=lead, problem=said["problem"], persons=persons,
        facts=f"{who.name}在担任{who.post_text}期间，违反有关规定，存在{said['problem']}。",
        decision=words.format(name=who.name), changed_why="处理尚未宣布，先不写明处分种类。" if words else "",
    )  # fmt: skip


def _send(row: Bulletin, cast: Cast) -> None:
    inside, outside = (BulletinChannel.objects.on().get(code=code) for code in ("internal", "public"))
    towns = [cast.town_unit(number) for number in range(1, 7)]
    row = publishing.distribute(row, by=cast.casemgr, channel=inside, units=towns)
    town = cast.places.towns[1]
    villages = [village for village in cast.places.villages if village.parent_id == town.pk][:3]
    publishing.distribute(row, by=cast.casemgr, channel=outside, villages=villages)
    for number in (1, 3):
        unit = cast.town_unit(number)
        publishing.read(row.copies.get(unit=unit), by=cast.holding("liaison", unit))
