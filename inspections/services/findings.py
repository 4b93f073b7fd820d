"""The verbs of what a round found."""

from datetime import date

from django.db import transaction

from inspections.models import Finding, Round, RoundObject
from inspections.services.standing_aside import refuse_recused
from inspections.workflow import ROUND
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Unit, User
from povertyaudit.core.scope import prefix_of


@transaction.atomic
def record_finding(
    round_: Round,
    *,
    by: User,
    problem_class: str,
    text: str,
    unit: Unit,
    found_on: date | None = None,
    aspect: str = "",
    immediate: bool = False,
    object: RoundObject | None = None,  # noqa: A002 — the field's name
    note: str = "",
    expected_version: int | None = None,
) -> Finding:
    """登记发现问题. A finding of a secret round has no number before the round is finished: a gap would tell of it.

    Without `object` it belongs to the object whose unit is named, where there is one. Who is recused from that object
    cannot record on it. Raises NotAllowed, RuleBroken.
    """
    row = ROUND.begin(round_, "record_finding", by=by, note=note, expected_version=expected_version)
    day = found_on or moment.today()
    if not row.starts_on <= day <= moment.today():
        text_ = f"发现日期应在进驻日期 {row.starts_on} 之后，且不晚于今天。"
        raise RuleBroken("record_finding.found_on", text_, field="found_on")
    inside = unit.region_id.startswith(prefix_of(row.region_id))
    if not inside:
        raise RuleBroken("record_finding.unit", "涉及单位不在本轮次的巡察地区，请重新选择。", field="unit")
    about = _object(row, object, unit)
    refuse_recused(about, by)
    finding = Finding(
        round=row, object=about, region=unit.region, problem_class=problem_class, aspect=aspect, text=text, unit=unit,
        found_on=day, immediate=immediate,
        number=None if row.is_secret_now else numbering.take("finding", row.region, "WT"),
    )  # fmt: skip
    return rows.create(finding, verb="finding.record_finding", by=by, note=note)


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
    if row.state != Finding.State.RECORDED:
        raise WrongState("hand_on.state", "该问题已经转为整改事项，请刷新页面查看。")
    if row.round.is_secret_now:
        raise WrongState("hand_on.secret", "该轮次尚未结束，结束后才能转为整改事项。")
    return rows.write(
        row, verb="finding.hand_on", by=by, note=note, changes={"state": Finding.State.HANDED_ON}
    )
