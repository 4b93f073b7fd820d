"""责任人任职: registered, taken over, extended, ended, recalled, voided. A past term is never rewritten."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from povertyaudit.answering.models import Capacity, Responsibility, ResponsibilityState
from povertyaudit.answering.services import checks, letters, teams
from povertyaudit.answering.services.rules import amount, is_listed, months_on
from povertyaudit.answering.workflow.responsibilities import RESPONSIBILITY
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Area, Region, Role, Unit, User

TOLD = frozenset({Role.LIAISON, Role.UNIT_HEAD})


@transaction.atomic
def register(
    *, by: User, capacity: Capacity, region: Region, starts_on: date, user: User | None = None, name: str = "",
    post_title: str = "", home_unit: Unit | None = None, duty: str = "", basis: str = "", ends_on: date | None = None,
    area: Area | None = None, object_no: str = "", note: str = "",
) -> Responsibility:  # fmt: skip
    """登记任职. `ends_on` of a village team is by the rule where none is said. Raises NotAllowed, RuleBroken/Several."""
    row = _built(
        by, capacity, region, starts_on, user=user, name=name, post_title=post_title, home_unit=home_unit, duty=duty,
        basis=basis, ends_on=ends_on, area=area, object_no=object_no,
    )  # fmt: skip
    checks.check_keeper(row, by)
    return _made(row, capacity, by, note)


def _built(by: User, capacity: Capacity, region: Region, starts_on: date, **said: Any) -> Responsibility:
    """The row, in the words of the day it begins. Raises RuleBroken for a capacity that was none then."""
    then = Capacity.objects.of_day(capacity, starts_on)
    if then is None:
        raise RuleBroken(
            "responsibility.capacity", "这一责任身份当日没有启用，请重新选择。", field="capacity"
        )
    user, unit = said["user"], said.pop("home_unit")
    if user is not None and unit is None and user.home is not None:
        unit = user.home.unit
    row = Responsibility(
        capacity=then, code=then.code, single=then.single, region=region, starts_on=starts_on, home_unit=unit,
        recorded_by=by, **said,
    )  # fmt: skip
    if row.is_team and row.ends_on is None and (months := amount("team_months", starts_on)):
        row.ends_on = months_on(starts_on, months)
    return row


def _made(
    row: Responsibility, capacity: Capacity, by: User, note: str, verb: str = "register"
) -> Responsibility:
    checks.lock_place(row.region)
    checks.check_new(row, capacity)
    if row.is_team:
        row.village_person = teams.person_of(row, by)
    row.number = numbering.take("responsibility", row.region)
    made = rows.create(row, verb=f"responsibility.{verb}", by=by, note=note)
    if made.user is not None:
        text = f"已登记您为{made.place_name}的{made.capacity.name}，任期 {made.span}。"
        notify.tell_of(made, [made.user], text, by=by, kind="responsibility")
    return made


def _begun(row: Responsibility, verb: str, by: User, note: str, version: int | None) -> Responsibility:
    checks.lock_place(row.region)
    begun: Responsibility = RESPONSIBILITY.begin(row, verb, by=by, note=note, expected_version=version)
    return begun


@transaction.atomic
def succeed(
    term: Responsibility, *, by: User, starts_on: date, user: User | None = None, name: str = "", post_title: str = "",
    home_unit: Unit | None = None, basis: str = "", ends_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Responsibility:  # fmt: skip
    """登记接任: the old term ends the day before the new one begins, unless it had ended; the two stay linked.

    Returns the new term. Raises NotAllowed, RuleBroken.
    """
    old = _begun(term, "succeed", by, note, expected_version)
    if starts_on <= old.starts_on:
        text = f"接任日期应在前任任职日期 {old.starts_on} 以后。"
        raise RuleBroken("succeed.starts_on", text, field="starts_on")
    new = _built(
        by, old.capacity, old.region, starts_on, user=user, name=name, post_title=post_title, home_unit=home_unit,
        duty=old.duty, basis=basis, ends_on=ends_on, area=old.area, object_no=old.object_no,
    )  # fmt: skip
    checks.check_keeper(new, by)
    new.predecessor = old
    _over(old, "succeed", starts_on - timedelta(days=1), by, note)
    return _made(new, new.capacity, by, note)


def _over(row: Responsibility, verb: str, day: date, by: User, note: str) -> Responsibility:
    """The begun verb written: over with the day, or with an earlier one on which it was over already."""
    last = min(day, row.ends_on) if row.ends_on else day
    _check_signed(row, last)
    state = row.state if row.state == ResponsibilityState.RECALLED else ResponsibilityState.ENDED
    changes: dict[str, Any] = {"ends_on": last, "state": state}
    if verb == "recall":
        changes["state"] = ResponsibilityState.RECALLED
    done: Responsibility = RESPONSIBILITY.finish(row, verb, by=by, note=note, changes=changes)
    teams.end_person(done, by, note)
    return done


def _check_signed(row: Responsibility, last: date) -> None:
    """A term does not end before what was signed in it."""
    signed = letters.last_signed(row)
    if signed is not None and signed > last:
        text = f"{row.called}已于 {signed} 以这一身份签订责任书，任期不能在这以前结束；签错的请先作废责任书。"
        raise RuleBroken("responsibility.signed", text, field="ends_on")


@transaction.atomic
def extend(
    term: Responsibility, *, by: User, ends_on: date, basis: str = "", note: str = "",
    expected_version: int | None = None,
) -> Responsibility:  # fmt: skip
    """延期 to a later last day; a successor who has been registered already may be in the way. Raises RuleBroken."""
    row = _begun(term, "extend", by, note, expected_version)
    if row.ends_on is not None and ends_on <= row.ends_on:
        text = f"延期后的末日应晚于原来的 {row.ends_on}。"
        raise RuleBroken("extend.ends_on", text, field="ends_on")
    most = months_on(moment.today(), amount("team_months") or 24)
    if row.is_team and ends_on > most:
        text = f"一次延期最多一届，末日不能晚于 {most}。"
        raise RuleBroken("extend.too_long", text, field="ends_on")
    changes = {"ends_on": ends_on, "times_extended": row.times_extended + 1, "basis": basis or row.basis}
    row.ends_on, before = ends_on, row.ends_on
    checks.check_overlap(row)
    row.ends_on = before
    done: Responsibility = RESPONSIBILITY.finish(row, "extend", by=by, note=note, changes=changes)
    _tell(done, f"{done.called}的任期延至 {done.ends_on}。", by)
    return done


@transaction.atomic
def end(
    term: Responsibility, *, by: User, ends_on: date | None = None, listed_checked: bool = False, note: str = "",
    expected_version: int | None = None,
) -> Responsibility:  # fmt: skip
    """结束任职 with its last day. In a village still listed the person is asked first (不摘帽不脱钩): `listed_checked`
    and a reason. Raises RuleBroken.
    """
    row = _begun(term, "end", by, note, expected_version)
    day = ends_on or moment.today()
    _check_last_day(row, day, "ends_on")
    if row.is_team and is_listed(row.region_id, day) and not (listed_checked and note.strip()):
        text = (
            f"{row.region.name}仍在名单内，不摘帽不脱钩：请办理“延期”或者“登记接任”；"
            "确需结束的，请勾选“已核对”并写明理由。"
        )
        raise RuleBroken("end.listed", text, field="listed_checked")
    return _over(row, "end", day, by, note)


def _check_last_day(row: Responsibility, day: date, field: str) -> None:
    if not row.starts_on <= day <= moment.today():
        text = f"末日应在任职日期 {row.starts_on} 和今天之间，请核对。"
        raise RuleBroken("end.day", text, field=field)


@transaction.atomic
def recall(
    term: Responsibility, *, by: User, recalled_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> Responsibility:  # fmt: skip
    """召回, with the reason. Who replaces him is registered by 登记接任 and stays linked. Raises RuleBroken."""
    row = _begun(term, "recall", by, note, expected_version)
    day = recalled_on or moment.today()
    _check_last_day(row, day, "recalled_on")
    done = _over(row, "recall", day, by, note)
    _tell(done, f"{done.place_name}{done.capacity.name}已召回，请另派。", by)
    return done


@transaction.atomic
def amend(
    term: Responsibility, *, by: User, note: str = "", expected_version: int | None = None, **values: str
) -> Responsibility:
    """修改 of `duty`, `basis`, `post_title`. Who, where and when stay: void and register anew."""
    row = _begun(term, "amend", by, note, expected_version)
    if row.code == "sector" and not values.get("duty", row.duty).strip():
        raise RuleBroken("responsibility.duty", "请写明这个部门负责什么，例如：产业扶贫。", field="duty")
    done: Responsibility = RESPONSIBILITY.finish(row, "amend", by=by, note=note, changes=values)
    return done


@transaction.atomic
def void(
    term: Responsibility, *, by: User, note: str = "", expected_version: int | None = None
) -> Responsibility:
    """登记有误作废: it counts for no day; the row stays. The village person, if there is one, serves on."""
    row = _begun(term, "void", by, note, expected_version)
    if letters.last_signed(row) is not None:
        text = "以这一身份签订过责任书，不能作废；签错的请先作废责任书。"
        raise RuleBroken("responsibility.signed", text)
    changes = {"village_person": None, "predecessor": None}
    done: Responsibility = RESPONSIBILITY.finish(row, "void", by=by, note=note, changes=changes)
    return done


def _tell(row: Responsibility, text: str, by: User) -> None:
    """The person himself, and the unit that sent him."""
    users = [row.user] if row.user is not None else []
    if row.home_unit is not None:
        users += User.objects.holding(TOLD, unit=row.home_unit)
    notify.tell_of(row, users, text, by=by, kind="responsibility")
