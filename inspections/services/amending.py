"""修改轮次: what was written down wrongly when the round was ordered, and what was decided of it since."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from inspections.models import Round, Visit, Worksheet
from inspections.services.own_periods import PERIODS, refuse_half
from inspections.services.rounds import WINDOW_RULE, named, refuse_approver, window
from inspections.workflow import ROUND
from povertyaudit.core import moment
from povertyaudit.core.clock_rules import rule_for
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import User

DAYS = {"starts_on": "进驻日期", "ends_on": "计划离开日期", "finished_on": "结束日期"}
AMENDABLE = frozenset(
    {
        *DAYS, *PERIODS, "name", "session", "ordinal", "kind", "run_by", "body_kind", "authorisation", "approved_by",
        "window_months", "window_rule",
    }
)  # fmt: skip
WORDED = {"approved_by": "批准人", "run_by": "组织实施单位"}  # references: told in words beside the changes


@transaction.atomic
def amend_round(
    round_: Round, *, by: User, note: str = "", expected_version: int | None = None, **changes: Any
) -> Round:
    """修改轮次 until it is closed, with the reason: what `AMENDABLE` names; what is not named stays. An emptied name is
    made anew from session and ordinal; the 集中整改期 follows the rule of another day of entry where it followed the rule.

    Clocks that run keep their dates. Region and secrecy stay: number and readers hang on them. Raises NotAllowed,
    RuleBroken, Several: a day that what was found or visited contradicts, each at its field.
    """
    if unknown := set(changes) - AMENDABLE:
        raise TypeError(f"not amendable: {sorted(unknown)}")
    row = ROUND.begin(round_, "amend_round", by=by, note=note, expected_version=expected_version)
    said = {name: getattr(row, name) for name in AMENDABLE} | changes
    said["run_by"] = said["run_by"] or row.run_by
    said["name"] = named(row.region, said["name"], said["session"], said["ordinal"], said["kind"])
    if said["approved_by"] != row.approved_by:
        refuse_approver(said["approved_by"], row.ordered_by, by)
    raise_all([*_wrong_days(row, said, by), *_name_taken(row, said["name"], by), *refuse_half(said)])
    said["window_months"], said["window_rule"] = _window(row, said)
    if all(getattr(row, name) == value for name, value in said.items()):
        raise RuleBroken("amend_round.same", "没有改动，请核对后再保存。")
    facts = {
        f"{name}_name": [str(getattr(row, name) or ""), str(said[name])]
        for name in WORDED
        if said[name] != getattr(row, name)
    }
    done: Round = ROUND.finish(row, "amend_round", by=by, note=note, changes=said, facts=facts)
    return done


def _name_taken(row: Round, name: str, by: User) -> Iterator[DomainError]:
    """By a round `by` knows; by any other the database refuses, in words that tell of none."""
    others = Round.objects.visible_to(by).filter(region=row.region_id, name=name).exclude(pk=row.pk)
    if name != row.name and others.exists():
        yield RuleBroken("amend_round.name", f"本地区已有名为“{name}”的轮次，请改名。", field="name")


def _window(row: Round, said: Mapping[str, Any]) -> tuple[int, str]:
    """The 集中整改期 as said; left as it was where the rule gave it, it is that of the rule on the new day of entry."""
    months, basis = said["window_months"], said["window_rule"]
    if (months, basis) == (row.window_months, row.window_rule):
        if said["starts_on"] == row.starts_on:
            return months, basis
        rule = rule_for(WINDOW_RULE, row.region_id, row.starts_on)
        if (months, basis) == (rule.amount, f"{rule.source}{rule.article}"):
            months, basis = None, ""
    elif basis == row.window_rule:
        basis = ""  # it was of the former period
    return window(row.region, said["starts_on"], months, basis)


def _wrong_days(row: Round, said: Mapping[str, Any], by: User) -> Iterator[DomainError]:
    """A day against another, or against what is written down of the round; only days that are changed."""
    starts, ends, finished = said["starts_on"], said["ends_on"], said["finished_on"]
    if ends < starts:
        yield _wrong("ends_on", f"计划离开日期不能早于进驻日期 {starts}，请核对。")
    if (row.finished_on is None) != (finished is None):
        yield _wrong("finished_on", "结束日期在“结束轮次”时填写；已经结束的轮次不能没有结束日期。")
        return
    if finished is not None and not starts <= finished <= moment.today():
        yield _wrong("finished_on", f"结束日期应在进驻日期 {starts} 之后，且不晚于今天。")
    first, last = _told(row, by)
    if starts != row.starts_on and first and starts > first[0]:
        yield _wrong("starts_on", f"{first[0]} 已有{first[1]}，进驻日期不能晚于这一天。")
    for name in ("ends_on", "finished_on"):
        day = said[name]
        if day != getattr(row, name) and last and day is not None and day < last[0]:
            yield _wrong(name, f"{last[0]} 已有{last[1]}，{DAYS[name]}不能早于这一天。")


def _wrong(field: str, text: str) -> RuleBroken:
    return RuleBroken(f"amend_round.{field}", text, field=field)


def _told(row: Round, by: User) -> tuple[tuple[date, str] | None, tuple[date, str] | None]:
    """The first and the last day something is written down of between entry and finish, and what. Visits and worksheets
    as far as `by` may know of them: a sentence about any other would tell of a secret plan.
    """
    standing = row.round_objects.standing()
    visits = Visit.objects.visible_to(by).filter(round=row)
    sheets = Worksheet.objects.visible_to(by).filter(round=row).exclude(state=Worksheet.State.DISCARDED)
    told = (
        (row.findings.exclude(state="withdrawn"), "found_on", "发现的问题"), (visits, "visited_on", "走访记录"),
        (standing, "entered_on", "巡察对象登记进驻"), (standing, "left_on", "巡察对象登记离开"),
        (sheets, "found_on", "问题底稿"),
    )  # fmt: skip
    span = (row.starts_on, row.finished_on or moment.today())
    found: list[tuple[date, str]] = []
    for rows, field, what in told:
        within = rows.order_by().filter(**{f"{field}__range": span})
        ends = within.aggregate(first=Min(field), last=Max(field))
        found += [(day, what) for day in ends.values() if day is not None]
    return min(found, default=None), max(found, default=None)
