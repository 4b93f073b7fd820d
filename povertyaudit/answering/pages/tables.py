"""谁负责, shown beside a matter: who answered at every level for its place on its day, as far as the reader may know."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html

from cases.models import Accountability, Lead
from cases.workflow import ACCOUNTABILITY
from funds.models import Misuse
from inspections.models import VillagePerson
from povertyaudit.answering.models import Responsibility
from povertyaudit.answering.querysets import LOCAL, READERS
from povertyaudit.answering.workflow.responsibilities import KEEPERS
from povertyaudit.core import moment
from povertyaudit.core.models import Region, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.views import Column, Table
from rectification.models import Item

SHOWN_TO = READERS | LOCAL


def address(region: Region, day: date) -> str:
    return f"/responsible/?{urlencode({'region': region.code, 'on': day.isoformat()})}"


def merged(row: Responsibility, region: Region) -> str:
    """Whether the term was of a place that was merged into the one asked for, or of the one it was merged into."""
    if row.region_id != region.code and row.region.successor_id == region.code:
        return f"撤并前（{row.region.name}）"
    if region.successor_id and not prefix_of(region.code).startswith(prefix_of(row.region_id)):
        return f"并入后（{row.region.name}）"
    return ""


def columns(region: Region) -> tuple[Column, ...]:
    return (
        Column("region.get_level_display", "层级", phone="hide"),
        Column("place_name", "地方", phone="sub"),
        Column("capacity.name", "责任身份", kind="link", phone="first"),
        Column("called", "责任人", phone="main"),
        Column("comes_from", "单位职务"),
        Column("duty", "职责", phone="hide"),
        Column("span", "任期", phone="side"),
        Column("merged", "说明", value=lambda row: merged(row, region)),
    )


def answering(user: User, region: Region, day: date) -> Any:
    """The rows, level by level."""
    rows = Responsibility.objects.visible_to(user).answering(region, day)
    return rows.for_list().order_by("place_order", "pk")


def table(
    user: User, region: Region, day: date, title: str = "", action: tuple[str, str] | None = None,
    more: tuple[Column, ...] = (),
) -> list[Table]:  # fmt: skip
    """Nothing for a reader who may see no term at all."""
    if not user.roles & SHOWN_TO:
        return []
    return [Table(
        title or f"谁负责（{day}）", (*columns(region), *more), answering(user, region, day),
        "这一天没有登记您可以查看的责任人。", action, "answering", address(region, day),
    )]  # fmt: skip


def of_region(region: Region, user: User) -> list[Table]:
    """Today, with the way to register one more for who keeps the terms."""
    may = bool(user.roles & KEEPERS)
    action = ("登记任职", f"/responsibilities/new/?region={region.code}") if may else None
    return table(user, region, moment.today(), "谁负责（今天）", action)


def of_lead(lead: Lead, user: User) -> list[Table]:
    return table(user, lead.region, lead.received_on)


def of_misuse(misuse: Misuse, user: User) -> list[Table]:
    return table(user, misuse.region, misuse.period_to or misuse.found_on)


def of_item(item: Item, user: User) -> list[Table]:
    return table(user, item.region, item.issued_on or moment.day_of(item.created_at))


def of_accountability(row: Accountability, user: User) -> list[Table]:
    """By the place and day of the lead, where the reader knows the lead; each person one press from the list."""
    known = Lead.objects.visible_to(user).select_related("region").filter(pk=row.lead_id).first()
    region, day = (known.region, known.received_on) if known else (row.region, row.opened_on)
    offered = {step.name for step in ACCOUNTABILITY.offered(row, user)}
    more = (Column("choose", "一案双查", kind="html", value=_chooser(row)),)
    return table(user, region, day, more=more if "add_responsible" in offered else ())


def _chooser(row: Accountability) -> Callable[[Responsibility], Any]:
    base = f"{row.get_absolute_url()}add_responsible/"
    return lambda term: format_html('<a href="{}?term={}">列为问责对象</a>', base, term.public_id)


def named(public_id: str, user: User) -> dict[str, Any]:
    """The person of a term, as the form of 问责对象 has him. `settings.RESPONSIBLE_NAMED`."""
    term = Responsibility.objects.visible_to(user).for_list().filter(public_id=public_id).first()
    if term is None:
        return {}
    post = " ".join(part for part in (term.comes_from, f"{term.place_name}{term.capacity.name}") if part)
    return {"kind": "person", "name": term.called, "post_text": post[:100]}


TERM_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("capacity.name", "责任身份", phone="main"),
    Column("starts_on", "任职日期", kind="date"),
    Column("ends_on", "任期至", kind="date", phone="side"),
    Column("standing", "状态", phone="last"),
)


def of_person(person: VillagePerson, user: User) -> list[Table]:
    """The term that goes with the village person, or the way to register it."""
    rows = Responsibility.objects.visible_to(user).for_list().filter(village_person=person)
    may = bool(user.roles & KEEPERS) and person.state == "serving"
    action = ("登记任期", f"/responsibilities/new/?person={person.public_id}") if may else None
    return [Table("驻村任期", TERM_COLUMNS, rows, "还没有登记任期。", action, "terms")]
