"""督办 in lists of items: choose by it, show it."""

from typing import Any

from povertyaudit.core import moment
from rectification.escalation_querysets import INSIDE
from rectification.models import Escalation, Item
from rectification.models.escalation import STEPS, EscalationPause

PRESSED_CHOICES = (
    ("any", "督办过"),
    ("unanswered", "逾期未回复"),
    ("paused", "暂停督办"),
    *STEPS,
)


def narrow(rows: Any, value: str, user: Any) -> Any:
    """Items with a step this reader may see, with an unanswered letter, paused today, or at a step now."""
    if value == "paused":
        return rows.filter(EscalationPause.objects.of_outer_item(moment.today()))
    steps = Escalation.objects.visible_to(user)
    if value == "unanswered":
        steps = steps.overdue_replies()
    elif value != "any":
        steps = steps.filter(step=value, pk__in=_latest())
    return rows.filter(pk__in=steps.order_by().values("item"))


def _latest() -> Any:
    pursuit: Any = Item._meta.get_field("pursuit").related_model
    return pursuit.objects.exclude(latest=None).values("latest")


def paused_words(item: Item) -> str:
    """暂停督办至 …, where it is on today. Pauses as prefetched."""
    today = moment.today()
    on = [p for p in item.pauses.all() if p.lifted_on is None and p.from_on <= today <= p.until_on]
    return f"暂停督办至 {on[0].until_on}" if on else ""


def pressed_words(item: Item) -> str:
    """That it is paused; else the last step, unless it has not left the body yet."""
    pursuit = getattr(item, "pursuit", None)
    latest = pursuit.latest if pursuit else None
    said = f"{latest.get_step_display()}（{latest.get_state_display()}）" if latest else ""
    return paused_words(item) or (said if latest and latest.state not in INSIDE else "")
