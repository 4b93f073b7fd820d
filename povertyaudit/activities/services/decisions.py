"""议定事项: written down after the meeting, issued as items in one act by the desk that may, or noted only."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from povertyaudit.activities.models import Activity, Decision, DecisionState
from povertyaudit.activities.workflow.activities import ACTIVITY
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import User
from rectification.models import Source
from rectification.services import opening

FIELD = "decisions"
MOST = 50
CLASS = "会议议定事项"


@transaction.atomic
def decide(
    activity: Activity, *, by: User, decisions: Iterable[Mapping[str, Any]], note: str = "",
    expected_version: int | None = None,
) -> Activity:  # fmt: skip
    """登记议定事项: all that are not issued or noted, as {"text", "unit", "lead_unit", "due_on"}; those left out go.

    Raises RuleBroken/Several (`decisions`).
    """
    row = ACTIVITY.begin(activity, "decide", by=by, note=note, expected_version=expected_version)
    wanted = [Decision(activity=row, **given) for given in decisions]
    standing = list(row.decisions.all())
    settled = [one for one in standing if one.state != DecisionState.OPEN]
    if len(settled) + len(wanted) > MOST:
        raise RuleBroken("decision.many", f"一次会议最多 {MOST} 项议定事项。", field=FIELD)
    raise_all([refused for at, one in enumerate(wanted, 1) for refused in _wrong(row, one, at)])
    last = max((one.no for one in standing), default=0)
    old = {one.text: one for one in standing if one.state == DecisionState.OPEN}
    saved = []
    for one in wanted:
        kept = old.pop(one.text, None) or one
        kept.unit, kept.lead_unit, kept.due_on = one.unit, one.lead_unit, one.due_on
        if kept is one:
            last += 1
            kept.no = last
        saved.append(kept)
    done: Activity = ACTIVITY.finish(row, "decide", by=by, note=note, saved=saved, removed=list(old.values()))
    return done


def _wrong(row: Activity, one: Decision, at: int) -> list[DomainError]:
    said = []
    if one.due_on is not None and one.due_on < row.starts_on:
        said.append(f"完成时限 {one.due_on} 早于会议日期 {row.starts_on}，请核对。")
    county = row.region.county_code()
    elsewhere = [unit for unit in (one.unit, one.lead_unit) if unit and unit.region.county_code() != county]
    said += [f"“{unit.name}”不在本县，请重新选择。" for unit in elsewhere]
    return [RuleBroken("decision.wrong", f"第 {at} 项：{text}", field=FIELD) for text in said]


@transaction.atomic
def issue_decisions(
    activity: Activity, *, by: User, decisions: Iterable[Decision] | None = None, note: str = "",
    expected_version: int | None = None,
) -> Activity:  # fmt: skip
    """下发议定事项: those chosen (all that wait) become items, issued at once; each knows the other. All or none.

    Raises RuleBroken/Several (`decisions`) with every one that cannot be issued.
    """
    row = ACTIVITY.begin(activity, "issue_decisions", by=by, note=note, expected_version=expected_version)
    wanted = {one.pk for one in decisions} if decisions else None
    waiting = [
        one for one in row.decisions.select_related("unit__region", "lead_unit")
        if one.state == DecisionState.OPEN and (wanted is None or one.pk in wanted)
    ]  # fmt: skip
    if not waiting:
        raise RuleBroken("decision.none", "没有待下发的议定事项。", field=FIELD)
    raise_all([refused for one in waiting for refused in _lacking(one)])
    for one in waiting:
        one.item, one.state = _item(row, one, by), DecisionState.ISSUED
    done: Activity = ACTIVITY.finish(row, "issue_decisions", by=by, note=note, saved=waiting)
    return done


def _lacking(one: Decision) -> list[DomainError]:
    said = [
        *(["没有责任单位。"] if one.unit is None else []),
        *(["没有牵头单位。"] if one.lead_unit is None else []),
        *(["没有完成时限。"] if one.due_on is None else []),
        *([f"完成时限 {one.due_on} 已过。"] if one.due_on and one.due_on < moment.today() else []),
    ]
    return [RuleBroken("decision.lacking", f"第 {one.no} 项：{text}", field=FIELD) for text in said]


def _item(row: Activity, one: Decision, by: User) -> Any:
    try:
        made = opening.create_item(
            by=by, source=Source.MEETING, of_meeting=True, problem_class=CLASS, aspect=row.title[:200], problem=one.text,
            lead_unit=one.lead_unit, main_unit=one.unit, due_on=one.due_on,  # type: ignore[arg-type]
            note=f"{row.number} 议定事项（{one.no}）",
        )  # fmt: skip
        return opening.issue(made, by=by)
    except RuleBroken as refused:
        text = f"第 {one.no} 项：{refused.message}"
        raise RuleBroken(refused.code, text, field=FIELD) from refused


@transaction.atomic
def note_decision(
    activity: Activity, *, by: User, decision: Decision, note: str = "", expected_version: int | None = None
) -> Activity:  # fmt: skip
    """只作记录: no item comes of it, with the reason."""
    row = ACTIVITY.begin(activity, "note_decision", by=by, note=note, expected_version=expected_version)
    one = row.decisions.filter(pk=decision.pk).first()
    if one is None or one.state != DecisionState.OPEN:
        raise RuleBroken("decision.settled", "这一项已经下发或者注明，请刷新页面。", field="decision")
    one.state, one.reason = DecisionState.NOTED, " ".join(note.split())[:500]
    done: Activity = ACTIVITY.finish(row, "note_decision", by=by, note=note, saved=[one])
    return done
