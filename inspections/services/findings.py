"""The verbs of what a round found: recorded, amended, withdrawn, handed on to rectification."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from inspections.models import (
    CampaignPoint,
    Feedback,
    FeedbackFinding,
    Finding,
    InspectionTerm,
    Round,
    RoundObject,
)
from inspections.services.standing_aside import refuse_recused
from inspections.workflow import FINDING, ROUND
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Region, Unit, User
from povertyaudit.core.scope import prefix_of

DETAILS = frozenset({"category", "articles", "amount_fen", "suggestion", "lead_unit", "region"})
AMENDABLE = DETAILS | {"problem_class", "aspect", "text", "unit", "immediate"}


@transaction.atomic
def record_finding(
    round_: Round, *, by: User, note: str = "", expected_version: int | None = None, **said: Any
) -> Finding:
    """登记发现问题 of a round under way: see `_recorded` for what is `said`. Raises NotAllowed, RuleBroken."""
    row = ROUND.begin(round_, "record_finding", by=by, note=note, expected_version=expected_version)
    return _recorded(row, by=by, note=note, **said)


def record_late(round_: Round, *, by: User, note: str = "", **said: Any) -> Finding:
    """The same of a round that is finished, locked and fresh: for what was written down before and had to be kept hidden."""
    ROUND.transitions["record_finding"].check_person(round_, by)
    return _recorded(round_, by=by, note=note, **said)


def _recorded(
    row: Round, *, by: User, problem_class: InspectionTerm | str, text: str, unit: Unit, found_on: date | None = None,
    aspect: str = "", immediate: bool = False, object: RoundObject | None = None,  # noqa: A002 — the field's name
    point: CampaignPoint | None = None, note: str = "", **details: Any,
) -> Finding:  # fmt: skip
    """A problem — neither an opinion nor a lead, so no persons. `problem_class` is a term of the list of classes, its code
    or its name; `details` are `DETAILS`: category, articles, amount_fen (分), suggestion, lead_unit, region (where it
    lies; without it that of the unit).

    A finding of a secret round has no number before the round is finished: a gap would tell of it.
    Without `object` it belongs to the object whose unit is named, where there is one. Who is recused from that object
    cannot record on it.
    """
    day = found_on or moment.today()
    if not row.starts_on <= day <= moment.today():
        text_ = f"发现日期应在进驻日期 {row.starts_on} 之后，且不晚于今天。"
        raise RuleBroken("record_finding.found_on", text_, field="found_on")
    if point is not None and point.campaign_id != row.campaign_id:
        raise RuleBroken("record_finding.point", "请选择本轮次所属专题的要点。", field="point")
    about = _object(row, object, unit)
    refuse_recused(about, by)
    values = _placed(row, unit, details) | classed(problem_class)
    finding = Finding(
        round=row, object=about, point=point, aspect=aspect, text=text, unit=unit, found_on=day, immediate=immediate, **values,
        number=None if row.is_secret_now else numbering.take("finding", row.region, "WT"),
    )  # fmt: skip
    return rows.create(finding, verb="finding.record_finding", by=by, note=note)


def classed(said: InspectionTerm | str) -> dict[str, Any]:
    """The class as a term of today, and its words as they are now. Raises RuleBroken."""
    terms = InspectionTerm.objects.on().filter(axis=InspectionTerm.Axis.PROBLEM_CLASS)
    named = Q(code=said) | Q(name=said) if isinstance(said, str) else Q(code=said.code)
    term = terms.filter(named).first()
    if term is None:
        names = "、".join(terms.values_list("name", flat=True))
        text = f"没有这个问题大类，请从分类目录现有的各项中选择：{names}。"
        raise RuleBroken("record_finding.problem_class", text, field="problem_class")
    return {"class_term": term, "problem_class": term.name}


def _placed(row: Round, unit: Unit, details: dict[str, Any]) -> dict[str, Any]:
    """The details with the region the problem lies in. Raises RuleBroken for a place outside the round."""
    if unknown := set(details) - DETAILS:
        raise TypeError(f"not known of a finding: {sorted(unknown)}")
    if not unit.region_id.startswith(prefix_of(row.region_id)):
        raise RuleBroken("record_finding.unit", "涉及单位不在本轮次的巡察地区，请重新选择。", field="unit")
    region = details.get("region") or unit.region
    if not region.code.startswith(prefix_of(row.region_id)):
        text = "问题属地不在本轮次的巡察地区，请重新选择。"
        raise RuleBroken("record_finding.region", text, field="region")
    _check_lead(details.get("lead_unit"), region)
    return details | {"region": region}


def _check_lead(unit: Unit | None, region: Region) -> None:
    """Who will lead the rectification is a unit of today in the county of the problem."""
    here = unit is None or unit.region_id.startswith(prefix_of(region.county_code()))
    if unit is not None and not (here and Unit.objects.answering().filter(pk=unit.pk).exists()):
        text = f"“{unit.name}”不是问题属地所在县现有的部门、乡镇或者村（社区），请重新选择牵头单位。"
        raise RuleBroken("record_finding.lead_unit", text, field="lead_unit")


@transaction.atomic
def amend_finding(
    finding: Finding, *, by: User, note: str = "", expected_version: int | None = None, **changes: Any
) -> Finding:
    """修改问题 before it is fed back: what `AMENDABLE` names. With another unit it goes to the object of that unit, and off
    the form drafted for the former. Raises RuleBroken once the unit was told of it.
    """
    if unknown := set(changes) - AMENDABLE:
        raise TypeError(f"not amendable: {sorted(unknown)}")
    forms = _forms_locked(finding)
    row = FINDING.begin(finding, "amend", by=by, note=note, expected_version=expected_version)
    refuse_recused(row.object, by)
    if "problem_class" in changes:
        changes |= classed(changes["problem_class"])
    unit = changes.get("unit", row.unit)
    if "unit" in changes or "region" in changes:
        place = changes.get("region") or (row.region if unit == row.unit else None)
        changes["region"] = _placed(row.round, unit, {"region": place})["region"]
    if changes.get("lead_unit", row.lead_unit) != row.lead_unit:
        _check_lead(changes["lead_unit"], changes.get("region", row.region))
    told = _told_on(row, forms)
    if unit != row.unit:
        changes["object"] = _object_after(row, unit)
        refuse_recused(changes["object"], by)
        _take_off([one for one in told if one.feedback.unit_id == row.unit_id], by)
    done: Finding = FINDING.finish(row, "amend", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def withdraw_finding(
    finding: Finding, *, by: User, note: str, expected_version: int | None = None
) -> Finding:
    """撤销问题 before it is fed back, with the reason; it stays to be read and counts no more."""
    forms = _forms_locked(finding)
    row = FINDING.begin(finding, "withdraw", by=by, note=note, expected_version=expected_version)
    refuse_recused(row.object, by)
    _take_off(_told_on(row, forms), by)
    done: Finding = FINDING.finish(row, "withdraw", by=by, note=note)
    return done


def _forms_locked(finding: Finding) -> dict[int, Feedback]:
    """The forms the problem stands on, by key: locked before the problem, as whoever tells a unit of it does."""
    standing = Feedback.objects.filter(rows__finding=finding).order_by("pk")
    return {form.pk: rows.lock(form) for form in standing}


def _told_on(finding: Finding, forms: dict[int, Feedback]) -> list[FeedbackFinding]:
    """Its rows on those forms. Raises WrongState when it was put on another one before its own lock was held."""
    found = list(finding.feedback_rows.all())
    for one in found:
        if one.feedback_id not in forms:
            raise WrongState("finding.just_listed", "这个问题刚刚列入反馈表，请刷新页面后重试。")
        one.feedback = forms[one.feedback_id]
    return found


def _take_off(found: list[FeedbackFinding], by: User) -> None:
    """Off the forms nobody was told of, each by an entry of its own."""
    for one in found:
        rows.write(one.feedback, verb="feedback.amend", by=by, removed=[one])


def _object_after(row: Finding, unit: Unit) -> RoundObject | None:
    """Of a problem about another unit: that unit's own object, else the one chosen by hand, never the former unit's own."""
    found = _object(row.round, None, unit)
    chosen = row.object if row.object and row.object.unit_id != row.unit_id else None
    return found or chosen


def _object(row: Round, chosen: RoundObject | None, unit: Unit) -> RoundObject | None:
    if chosen is None:
        found: RoundObject | None = row.round_objects.standing().filter(unit=unit).first()
        return found
    if chosen.round_id != row.pk or chosen.state == RoundObject.State.DROPPED:
        raise RuleBroken("record_finding.object", "请选择本轮次的巡察对象。", field="object")
    return chosen


@transaction.atomic
def hand_on(finding: Finding, *, by: User, note: str = "") -> Finding:
    """转为整改事项: called by the verb of `rectification` that opens the item. Raises WrongState when done already."""
    row = rows.lock(finding)
    may_hand_on(row)
    return rows.write(
        row, verb="finding.hand_on", by=by, note=note, changes={"state": Finding.State.HANDED_ON}
    )


def may_hand_on(finding: Finding, *, taken: bool = False) -> None:
    """Raise WrongState unless it may become an item; `taken`: another one written with this has it."""
    if taken or finding.state != Finding.State.RECORDED:
        raise WrongState("hand_on.state", "该问题已经转为整改事项，请刷新页面查看。")
    if finding.round.is_secret_now:
        raise WrongState("hand_on.secret", "该轮次尚未结束，结束后才能转为整改事项。")


@transaction.atomic
def take_back(finding: Finding, *, by: User, note: str) -> Finding:
    """退回待转: called when the item opened of it is voided; it may become an item again."""
    row = rows.lock(finding)
    if row.state != Finding.State.HANDED_ON:
        raise WrongState("take_back.state", "该问题没有转为整改事项，请刷新页面查看。")
    return rows.write(
        row, verb="finding.take_back", by=by, note=note, changes={"state": Finding.State.RECORDED}
    )
