"""归档 by 案管 when nothing is owed any more: the list of the volume is drawn up, and the lead is read-only."""

from datetime import date
from typing import Any

from django.db import transaction

from cases.models import Lead, Volume
from cases.services.ending import volume_of
from cases.services.telling import tell_desk
from cases.workflow import LEAD
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, User


@transaction.atomic
def archive(lead: Lead, *, by: User, note: str = "", expected_version: int | None = None) -> Lead:
    """归档: 一案一卷. Raises NotAllowed, WrongState, and RuleBroken with everything that is still owed."""
    row: Lead = LEAD.begin(lead, "archive", by=by, note=note, expected_version=expected_version)
    if owed := still_owed(row):
        raise RuleBroken("archive.owed", f"还不能归档：{'；'.join(owed)}。")
    today = moment.today()
    volume = Volume(
        lead=row, ordinal=volume_of(row), archived_by=by, archived_on=today, contents=contents_of(row)
    )
    done: Lead = LEAD.finish(
        row, "archive", by=by, note=note, changes={"archived_on": today}, saved=[volume],
        facts={"volume": volume.ordinal, "lines": volume.count},
    )  # fmt: skip
    tell_desk(done, "已归档。", by=by)
    return done


def still_owed(lead: Lead) -> list[str]:
    """What stands before 归档, in words."""
    return [
        words
        for owed, words in (
            (lead.acknowledgement_owed, "实名检举控告还没有告知受理"),
            (lead.owes_report, "交办件还没有报送办理结果"),
            (lead.feedback_owed, "还没有向实名反映人反馈结果"),
            (lead.objected_on, "反映人的异议还没有研究"),
            (lead.duties_owed, "办结后的后续事项还没有办完"),
        )
        if owed
    ]


def contents_of(lead: Lead) -> list[dict[str, Any]]:
    """The list of the volume in the order of the days: dispatches, steps, checks, answers, papers with their hash."""
    lines = [_line(f"登记（{lead.get_channel_display()}）", lead.received_on)]
    sent = lead.dispatches.select_related("to_unit")
    lines += [_line(f"领导批示和分办：{one.to_unit.name}", one.dispatched_on) for one in sent]
    for step in lead.steps.select_related("unit"):
        lines.append(_line(f"第 {step.ordinal} 步处置意见：{step.words}", step.proposed_on, step.unit.name))
        if step.approved_on:
            lines.append(_line(f"第 {step.ordinal} 步审批意见", step.approved_on))
        if step.finished_on:
            lines.append(_line(f"第 {step.ordinal} 步办理结果", step.finished_on, step.unit.name))
    if checked := lead.closing_checks.filter(volume=volume_of(lead)).order_by("-checked_on").first():
        lines.append(_line("办结前核对（五个到位）", checked.checked_on))
    lines.append(_line(f"办结：{lead.get_close_kind_display()}", lead.concluded_on))
    lines += [_line("结果反馈", one.delivered_on) for one in lead.answers.exclude(delivered_on=None)]
    for paper in Attachment.objects.of(lead).newest().select_related("desk_unit"):
        kept = f"保密件，由{paper.desk_unit.name}保管" if paper.desk_unit else ""
        name = "来信来访原件" if paper.desk_unit else str(paper)
        lines.append(_line(name, moment.day_of(paper.created_at), kept, paper.sha256))
    return sorted(lines, key=lambda line: line["on"])


def _line(title: str, on: date | None, source: str = "", sha256: str = "") -> dict[str, Any]:
    return {"title": title, "on": on.isoformat() if on else "", "from": source, "sha256": sha256}
