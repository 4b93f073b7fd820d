"""Terms that stand in the name of an account whose holder leaves his post: the successor takes them over from tomorrow."""

from datetime import timedelta
from typing import Any

from povertyaudit.answering.models import Responsibility, ResponsibilityState
from povertyaudit.answering.services import checks
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, Role, User

KEEPERS = frozenset({Role.CASE_MANAGER})


def open_work(post: Post) -> list[Work]:
    """Terms of the holder as one of this unit. Village teams are left to the unit that sends them: another village
    person is another choice."""
    named = Responsibility.objects.serving().filter(user=post.user_id, home_unit=post.unit_id)
    mine = named.filter(capacity__team="", starts_on__lte=moment.today()).exclude(ends_on__lt=moment.today())
    return [Work("责任人任职", mine, _move, _stuck)]


def _move(term: Responsibility, successor: User, by: User) -> None:
    """His term ends today, the successor's begins tomorrow and ends when his would have; the two are linked."""
    checks.lock_place(term.region)
    old: Any = rows.lock(term)
    last = moment.today()
    until, begins = old.ends_on, last + timedelta(days=1)
    changes = {"ends_on": last, "state": ResponsibilityState.ENDED}
    rows.write(old, verb="responsibility.pass_on", by=by, changes=changes)
    if until is not None and until < begins:
        return
    new = Responsibility(
        capacity=old.capacity, code=old.code, single=old.single, region=old.region, area=old.area,
        object_no=old.object_no, user=successor, home_unit=old.home_unit, duty=old.duty, basis=old.basis,
        starts_on=begins, ends_on=until, predecessor=old, recorded_by=by,
        number=numbering.take("responsibility", old.region),
    )  # fmt: skip
    rows.create(new, verb="responsibility.pass_on", by=None)


def _stuck(term: Responsibility, by: User) -> None:
    """Nobody takes it over: those who keep the terms name somebody."""
    left = rows.change(term, verb="responsibility.pass_on", by=by, changes={})
    users = User.objects.holding(KEEPERS).filter(posts__region=left.region.county_code())
    notify.tell_of(left, users, "责任人离任，接任人须回避，请另行确定责任人。", by=by, kind="responsibility")
