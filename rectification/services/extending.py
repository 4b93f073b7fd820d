"""申请延期、批复延期: more time is asked for with its reason, and decided by another, by the rules in force."""

from datetime import date
from typing import Any

from django.db import transaction

from povertyaudit.core import clocks, moment, reasons
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Purpose, User
from povertyaudit.core.scope import prefix_of
from rectification.models import ExtensionRequest, Item, RequestState
from rectification.services.telling import tell, unit_people, verifiers
from rectification.workflow import ITEM, pending_request
from rectification.workflow.extending import RECTIFY_CLOCK, for_a_leader, not_too_long
from rectification.workflow.who import LEADERS


@transaction.atomic
def request_extension(
    item: Item, *, by: User, until: date, reason: str, reason_code: str = "", note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """申请延期. The clock runs on until it is decided. From the time the rules name, a leader decides."""
    row = ITEM.begin(item, "request_extension", by=by, note=note, expected_version=expected_version)
    not_too_long(row, until, "request_extension")
    if not reason.strip():
        raise RuleBroken("request_extension.reason", "请写明申请延期的理由。", field="reason")
    facts = reasons.facts(Purpose.EXTENSION, reason_code)
    asked = ExtensionRequest(
        item=row, asked_by=by, asked_on=moment.today(), due_before=row.due_on, until=until, reason=reason,
        by_leader=for_a_leader(row), **facts,
    )  # fmt: skip
    done: Item = ITEM.finish(
        row, "request_extension", by=by, note=note, saved=[asked], facts={"until": until, **facts}
    )
    tell(done, leaders(row) if asked.by_leader else verifiers(row), "申请延期，请批复。")
    return done


@transaction.atomic
def decide_extension(
    item: Item, *, by: User, granted: bool, until: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Item:  # fmt: skip
    """批复延期. Granted, the clock is extended to `until` (the day asked for, where none is given)."""
    row = ITEM.begin(item, "decide_extension", by=by, note=note, expected_version=expected_version)
    asked = pending_request(row)
    today = moment.today()
    asked.decided_by, asked.decided_on, asked.opinion = by, today, note
    changes, facts = {}, {}
    if granted:
        day = until or asked.until
        not_too_long(row, day, "decide_extension")
        days = (day - row.due_on).days
        moved = clocks.extend(row, RECTIFY_CLOCK, days=days, reason=asked.reason, by=by, on=today)
        asked.state, asked.granted_until = RequestState.GRANTED, moved.clock.due_on
        changes, facts = {"due_on": moved.clock.due_on}, dict(moved.changes)
    else:
        if not note.strip():
            raise RuleBroken("decide_extension.note", "不同意延期的，请写明理由。", field="note")
        asked.state = RequestState.REFUSED
    done: Item = ITEM.finish(
        row, "decide_extension", by=by, note=note, changes=changes, saved=[asked], facts=facts
    )
    said = f"延期申请{asked.get_state_display()}，整改时限为 {row.due_on}。"
    tell(done, [asked.asked_by, *unit_people(row)], said)
    return done


def leaders(item: Item) -> list[Any]:
    """分管领导 and 书记 over the region of the item."""
    return [
        user
        for user in User.objects.holding(LEADERS).order_by("pk")
        if any(
            p.role in LEADERS and item.region_id.startswith(prefix_of(p.region_id))
            for p in user.current_posts()
        )
    ]
