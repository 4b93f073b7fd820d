"""暂停督办 of an item: a named leader decides, says why and until when; it goes on by itself, or when he says so."""

from datetime import date, timedelta

from django.db import transaction

from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from rectification.models import Item
from rectification.models.escalation import EscalationPause
from rectification.services.telling import tell, unit_people, verifiers
from rectification.workflow import ITEM

LONGEST = 180  # days


def pause_of(item: Item, day: date) -> EscalationPause | None:
    """The pause in force on the day."""
    found: EscalationPause | None = item.pauses.on(day).select_related("decided_by__person").first()
    return found


@transaction.atomic
def pause_pressing(
    item: Item, *, by: User, until: date, note: str = "", expected_version: int | None = None
) -> Item:
    """暂停督办 until a day, with the reason. Reminders of the date go on. Raises RuleBroken (until, note)."""
    row = ITEM.begin(item, "pause_pressing", by=by, note=note, expected_version=expected_version)
    today = moment.today()
    if not today < until <= today + timedelta(days=LONGEST):
        text = f"截止日期应晚于今天，最长 {LONGEST} 天。"
        raise RuleBroken("pause.until", text, field="until")
    if (standing := pause_of(row, today)) is not None:
        text = f"已暂停至 {standing.until_on}，需要改期的，请先恢复督办。"
        raise RuleBroken("pause.standing", text, field="until")
    made = EscalationPause(item=row, from_on=today, until_on=until, reason=note.strip(), decided_by=by)
    done: Item = ITEM.finish(row, "pause_pressing", by=by, note=note, saved=[made], facts={"until": until})
    tell(done, [*verifiers(row), *unit_people(row)], f"暂停督办至 {until}，期满自动恢复。", kind="press")
    return done


@transaction.atomic
def resume_pressing(item: Item, *, by: User, note: str = "", expected_version: int | None = None) -> Item:
    """恢复督办 before the end of the pause."""
    row = ITEM.begin(item, "resume_pressing", by=by, note=note, expected_version=expected_version)
    standing = pause_of(row, moment.today())
    if standing is None:
        raise RuleBroken("resume.none", "该事项没有暂停督办，不需要恢复。")
    standing.lifted_on, standing.lifted_by = moment.today(), by
    done: Item = ITEM.finish(row, "resume_pressing", by=by, note=note, saved=[standing])
    tell(done, [*verifiers(row), *unit_people(row)], "已恢复督办。", kind="press")
    return done
