"""交接 at the end of a term: who leaves lists what there is, who comes takes it over; each side confirms for itself."""

from datetime import date
from typing import Any

from django.db import transaction

from povertyaudit.answering.models import Responsibility, TermHandover
from povertyaudit.answering.services.checks import lock_place
from povertyaudit.answering.workflow.responsibilities import RESPONSIBILITY
from povertyaudit.core import moment, notify
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Role, User

TOLD = frozenset({Role.LIAISON, Role.UNIT_HEAD})


def _day(said: date | None, earliest: date, field: str) -> date:
    day = said or moment.today()
    if not earliest <= day <= moment.today():
        text = f"日期应在 {earliest} 和今天之间，请核对。"
        raise RuleBroken("handover.day", text, field=field)
    return day


@transaction.atomic
def give(
    term: Responsibility, *, by: User, listed: str, given_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Responsibility:  # fmt: skip
    """移交: the leaver's side lists papers, money, things, unfinished matters. Raises RuleBroken."""
    lock_place(term.region)
    row: Any = RESPONSIBILITY.begin(term, "give", by=by, note=note, expected_version=expected_version)
    if not listed.strip():
        raise RuleBroken("handover.listed", "请列出移交的资料、资金资产和没有办完的事项。", field="listed")
    day = _day(given_on, row.starts_on, "given_on")
    made = TermHandover(term=row, listed=listed, given_on=day, given_by=by)
    done: Responsibility = RESPONSIBILITY.finish(row, "give", by=by, note=note, saved=[made])
    _tell(done, by)
    return done


@transaction.atomic
def take(
    term: Responsibility, *, by: User, taken_on: date | None = None, remarks: str = "", note: str = "",
    expected_version: int | None = None,
) -> Responsibility:  # fmt: skip
    """接收, by somebody else than who confirmed the giving. Raises NotAllowed, RuleBroken."""
    lock_place(term.region)
    row: Any = RESPONSIBILITY.begin(term, "take", by=by, note=note, expected_version=expected_version)
    handed = TermHandover.objects.select_related("given_by").get(term=row)
    if handed.given_by.person_id == by.person_id:
        raise NotAllowed("handover.same_person", "移交由您确认的，接收须由另一人确认。")
    handed.taken_on, handed.taken_by = _day(taken_on, handed.given_on, "taken_on"), by
    handed.remarks = remarks
    done: Responsibility = RESPONSIBILITY.finish(row, "take", by=by, note=note, saved=[handed])
    return done


def _tell(row: Responsibility, by: User) -> None:
    """The successor, if he has an account, and the township."""
    new = getattr(row, "successor", None)
    users = [new.user] if new is not None and new.user is not None else []
    town = User.objects.holding(TOLD).filter(posts__region=f"{row.region_id[:9]}000")
    notify.tell_of(row, [*users, *town], "任期交接等待接收确认。", by=by, kind="responsibility")
