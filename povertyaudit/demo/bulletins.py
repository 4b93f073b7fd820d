"""Bulletins of the demo county: one issued and sent out, one approved, one before the leader, one in the drafter's hands."""

from typing import Any

from cases.models import Bulletin, BulletinChannel, Lead
from cases.services import bulletins, publishing
from povertyaudit.demo.people import Cast

TITLE = "关于侵害群众利益典型案例的通报"
PREFACE = "为强化警示教育，现将查处的典型案例通报如下。"
DECISION = "经查属实，{name}受到相应处理，违纪资金已按规定处置。"


def make(cast: Cast) -> None:
    """As far as the year has concluded cases with an outcome, at most four bulletins."""
    leads = iter(list(_told(cast)[:5]))
    for number, steps in enumerate((("submit", "approve", "issue"), ("submit", "approve"), ("submit",), ())):
        row = bulletins.draft(by=cast.casemgr, title=TITLE, preface=PREFACE)
        for _ in range(2 if number == 0 else 1):
            lead = next(leads, None)
            row = _add(row, lead, cast) if lead else row
        if not row.cases.exists():
            return
        for step in steps:
            row = getattr(bulletins, step)(row, by=cast.secretary if step == "approve" else cast.casemgr)
        if steps and steps[-1] == "issue":
            _send(row, cast)


def _told(cast: Cast) -> Any:
    leads = bulletins.eligible().visible_to(cast.casemgr).filter(subjects__isnull=False)
    return leads.distinct().order_by("concluded_on", "pk")


def _add(row: Bulletin, lead: Lead, cast: Cast) -> Bulletin:
    person: Any = lead.subjects.first()
    problem = f"{(lead.category or lead.style).name}问题"  # type: ignore[union-attr]
    return bulletins.add_case(
        row, by=cast.casemgr, lead=lead, problem=problem, persons=[{"name": person.name}],
        facts=f"{person.name}在担任{person.post_text}期间，违反有关规定，存在{problem}。",
        decision=DECISION.format(name=person.name),
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
