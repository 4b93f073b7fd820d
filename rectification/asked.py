"""What the reviewer wants to see, in plain words, above the form of a report; and which measure it is about."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from povertyaudit.core import audit, moment
from povertyaudit.core.models import User
from povertyaudit.core.render import SOON_DAYS
from rectification import words
from rectification.models import Item, Measure, MeasureState
from rectification.workflow import WORKING

SAID = 4  # sentences of what is missing: more is said on the item's own page
MORE = "其余见事项页面。"


@dataclass(frozen=True)
class SentBack:
    """The last sending back of an item that is in the unit's hands again."""

    on: date
    who: str
    reason: str
    note: str


@dataclass(frozen=True)
class Wanted:
    sent_back: SentBack | None
    lacking: list[str] = field(default_factory=list)


def wanted(item: Item, user: User) -> Wanted:
    """The last reason for sending back, and what is still missing."""
    lacking = [one.sentence for one in words.missing(item, user)]
    shown = [*lacking[:SAID], MORE] if len(lacking) > SAID else lacking
    return Wanted(sent_back(item), shown)


def sent_back(item: Item) -> SentBack | None:
    """None while it was never sent back, or was opened again after that."""
    if item.state not in WORKING:
        return None
    turned = audit.history(item).filter(verb__in=("item.send_back", "item.reopen")).first()
    if turned is None or turned.verb != "item.send_back":
        return None
    said = audit.told(turned)
    return SentBack(
        moment.day_of(turned.at), turned.actor_role or turned.actor_name, str(said.get("reason_name", "")),
        str(said.get("note", "")),
    )  # fmt: skip


def measure_due(item: Item) -> Measure | None:
    """The measure a report is about unless another is chosen: the only one open, or the one whose date comes first."""
    open_: list[Measure] = [one for one in item.measures.all() if one.state != MeasureState.DONE]
    if len(open_) == 1:
        return open_[0]
    soon = moment.today() + timedelta(days=SOON_DAYS)
    dated = sorted(
        (one for one in open_ if one.due_on and one.due_on <= soon), key=lambda one: (one.due_on, one.no)
    )
    return dated[0] if dated else None


def what_is_left(item: Any, user: User) -> str:
    """After a report: what is still missing before the item can be applied for."""
    fresh = Item.objects.for_page().get(pk=item.pk)
    lacking = [one.sentence for one in words.missing(fresh, user)]
    if not lacking:
        return "材料已齐，可以由主要负责人申请销号。" if fresh.state in WORKING else ""
    more = f"等 {len(lacking)} 处" if len(lacking) > 2 else ""
    return f"申请销号前还差：{''.join(lacking[:2]).rstrip('。')}{more}。"
