"""What may be done with a worksheet, by whom, and when."""

from typing import Any

from inspections.models import Round, Worksheet
from inspections.workflow.plans import NAMED
from inspections.workflow.who import OFFICE
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Recusal, User
from povertyaudit.core.workflow import Transition, Workflow

OPEN = frozenset({Worksheet.State.OPEN})
LABELS = ("inspections.worksheet", "inspections.visitplan", "inspections.round", "inspections.roundobject")


def team_of(sheet: Any) -> dict[int, int]:
    """User → person of those who found it: the team of the plan and that of the round."""
    members = [
        *(sheet.plan.members.all() if sheet.plan else ()),
        *(sheet.round.members.all() if sheet.round else ()),
    ]
    return {member.user_id: member.user.person_id for member in members if member.user_id}


def recused(sheet: Any, person_id: int) -> bool:
    """Whether the person must stand aside from the sheet, its plan, its round or the object of the round."""
    keys = dict(zip(LABELS, (sheet.pk, sheet.plan_id, sheet.round_id, sheet.object_id), strict=True))
    found = Recusal.objects.filter(person_id=person_id, ended_at=None, target_label__in=LABELS)
    return any(keys[label] == key for label, key in found.values_list("target_label", "target_id"))


def of_the_team(sheet: Any, by: User) -> None:
    if by.pk not in team_of(sheet):
        raise NotAllowed("worksheet.team", "问题底稿由走访人员和巡察组成员办理。")


def team_or_office(sheet: Any, by: User) -> None:
    if not by.roles & OFFICE:
        of_the_team(sheet, by)


def stands_not_aside(sheet: Any, by: User) -> None:
    if recused(sheet, by.person_id):
        raise NotAllowed("worksheet.recused", "您应当回避，不能在这份底稿上签字。")


def still_unsigned(sheet: Any, by: User) -> None:
    standing = {one.person_id for one in sheet.signatures.all() if one.voided_at is None}
    if by.person_id in standing:
        raise NotAllowed("worksheet.signed", "您已经签过字，须由另一名成员签字。")


def left_to_office(sheet: Any, by: User) -> None:
    """Of the team; the office too, where the sheet stayed behind when its round was finished."""
    over = sheet.round is not None and sheet.round.finished_on is not None
    if not (over and by.roles & OFFICE):
        of_the_team(sheet, by)


def hidden_till_the_end(sheet: Any) -> bool:
    """Its plan was a secret when the round was finished, or closed: whoever did that could not wait for the sheet."""
    plan, round_ = sheet.plan, sheet.round
    over = round_.closed_on or round_.finished_on
    return plan is not None and (plan.finished_on is None or plan.finished_on >= over)


def still_counts(sheet: Any) -> bool:
    """Whether it may yet become a finding: its round goes on, or only its plan was hidden until the finish. Of a round that
    is closed by then, it becomes a finding of another one.
    """
    round_ = sheet.round
    return round_ is None or round_.finished_on is None or hidden_till_the_end(sheet)


def needs_another_round(sheet: Any) -> bool:
    """Whether its round takes nothing more: what a hidden plan found is registered in one that goes on."""
    return sheet.round is not None and sheet.round.state == Round.State.CLOSED


OVER = (
    "轮次已经结束，这份底稿不能再登记为发现问题，签字、修改也没有用处：请“作废”并写明理由；"
    "问题确需登记的，在下一轮次登记。"
)
WORKSHEET = Workflow(
    "worksheet",
    "问题底稿",
    (
        Transition(
            name="sign", label="签字", sources=OPEN, target=None, roles=NAMED, primary=True,
            who=(of_the_team, still_unsigned), when=still_counts, unless=OVER,
        ),
        Transition(
            name="to_finding", label="登记为发现问题", sources=OPEN, target=Worksheet.State.RECORDED, roles=NAMED,
            who=(team_or_office,), when=still_counts, unless=OVER,
        ),
        Transition(
            name="add_evidence", label="上传证据", sources=OPEN, target=None, roles=NAMED, who=(of_the_team,),
            when=still_counts, unless=OVER,
        ),
        Transition(
            name="amend", label="修改", sources=OPEN, target=None, roles=NAMED, who=(of_the_team,), when=still_counts,
            unless=OVER,
        ),
        Transition(
            name="discard", label="作废", sources=OPEN, target=Worksheet.State.DISCARDED, roles=NAMED,
            who=(left_to_office,), note_required=True,
        ),
    ),
    others={"draft": "起草底稿", "number": "结束后编号", "attach": "上传证据", "replace_file": "更换证据"},
)  # fmt: skip
