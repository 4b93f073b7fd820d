"""The verbs of a round: ordered, linked to rounds below, finished, closed."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from inspections.models import Campaign, Round, RoundObject
from inspections.services import field_numbers
from inspections.services.closing import still_open
from inspections.services.holding import hold_rounds
from inspections.services.own_periods import refuse_half
from inspections.services.worksheets import of_plans_known_to, refuse_signed
from inspections.words import round_name
from inspections.workflow import APPROVERS, OFFICE, ROUND
from povertyaudit.core import files, moment, numbering, rows
from povertyaudit.core.clock_rules import rule_for
from povertyaudit.core.errors import NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Attachment, Region, Unit, User
from povertyaudit.core.scope import prefix_of

WINDOW_RULE = "item.rectify"  # 集中整改: two months before the revision of 2024, six after it
NAMED = 10  # of many, how many a refusal names
DEEPEST = 5  # levels of linked rounds


@transaction.atomic
def open_round(
    *, by: User, region: Region, starts_on: date, ends_on: date, approved_by: User, name: str = "",
    session: int | None = None, ordinal: int | None = None, kind: str = Round.Kind.REGULAR,
    run_by: Unit | None = None, body_kind: str = Round.Body.PATROL_OFFICE, authorisation: str = "",
    secret: bool = False, window_months: int | None = None, window_rule: str = "", note: str = "", **own: Any,
) -> Round:  # fmt: skip
    """部署轮次. Without `name` it is called by session and ordinal (第N届县委第M轮巡察); without `window_months` (months)
    the 集中整改期 is that of the rule in force when the round starts. `own` are the periods of its own (`PERIODS`).

    Raises NotAllowed, RuleBroken.
    """
    post = by.post_as(OFFICE)
    if post is None:
        raise NotAllowed("open_round.role", "轮次由巡察办部署。")
    if not region.code.startswith(prefix_of(post.region_id)):
        raise RuleBroken("open_round.region", "只能部署本地区的轮次，请重新选择地区。", field="region")
    refuse_approver(approved_by, by)
    name = named(region, name, session, ordinal, kind)
    months, basis = window(region, starts_on, window_months, window_rule)
    raise_all(refuse_half(own))
    round_ = Round(
        name=name, session=session, ordinal=ordinal, region=region, kind=kind, run_by=run_by or post.unit,
        body_kind=body_kind or Round.Body.PATROL_OFFICE, authorisation=authorisation, starts_on=starts_on, ends_on=ends_on, secret=secret,
        window_months=months, window_rule=basis, ordered_by=by, approved_by=approved_by, **own,
        number=None if secret else numbering.take("round", region, post.unit.office_code),
    )  # fmt: skip
    return rows.create(round_, verb="round.open_round", by=by, note=note)


def refuse_approver(approver: User, *others: User) -> None:
    """Who approves a round leads, and is none of the `others` who ordered it or write it down. Raises RuleBroken."""
    if not approver.roles & APPROVERS or approver.person_id in {one.person_id for one in others}:
        text = "批准人应是分管领导或者主要负责人，且不是部署人本人。"
        raise RuleBroken("open_round.approver", text, field="approved_by")


def named(region: Region, name: str, session: int | None, ordinal: int | None, kind: str) -> str:
    """The name said, or the one that session and ordinal give (第N届县委第M轮巡察). Raises RuleBroken."""
    if (session is None) != (ordinal is None):
        field = "session" if session is None else "ordinal"
        raise RuleBroken("open_round.session", "届次和轮次序号请一并填写。", field=field)
    if name.strip():
        return name
    if session is None or ordinal is None:
        text = "请填写轮次名称；填写届次和轮次序号的，名称自动生成。"
        raise RuleBroken("open_round.name", text, field="name")
    return round_name(region, session, ordinal, kind)


def window(region: Region, on: date, months: int | None, basis: str) -> tuple[int, str]:
    """(months, basis) of the 集中整改期 of a round that starts `on`; another than the rule's with its document. Raises RuleBroken."""
    rule = rule_for(WINDOW_RULE, region, on)
    if months is None or months == rule.amount:
        return rule.amount, basis or f"{rule.source}{rule.article}"
    if not basis.strip():
        text = f"集中整改期与现行规定（{rule.amount} 个月）不同，请写明依据的文件。"
        raise RuleBroken("open_round.window_rule", text, field="window_rule")
    return months, basis


@transaction.atomic
def link_round(
    round_: Round, *, by: User, below: Round, note: str = "", expected_version: int | None = None
) -> Round:
    """关联下级轮次: `below` becomes part of this one (上下联动). Raises RuleBroken when it is elsewhere, above it, or linked."""
    held = hold_rounds([round_.pk, below.pk])
    row = ROUND.begin(round_, "link_round", by=by, note=note, expected_version=expected_version)
    lower = held[below.pk]
    if not lower.region_id.startswith(prefix_of(row.region_id)):
        raise RuleBroken("link_round.region", "下级轮次应在本轮次的地区以内，请改选。", field="below")
    if lower.parent_id is not None:
        raise RuleBroken("link_round.linked", "这个轮次已经有上级轮次，请改选。", field="below")
    if lower.pk in _above(row):
        raise RuleBroken("link_round.circle", "不能把本轮次或者它的上级轮次列为下级，请改选。", field="below")
    if lower.is_secret_now and not row.is_secret_now:
        raise RuleBroken("link_round.secret", "保密的轮次结束后才能列为下级，请改选。", field="below")
    if row.is_secret_now and not lower.is_secret_now:
        text = "本轮次结束前保密，结束后才能关联不保密的下级轮次。"
        raise RuleBroken("link_round.upper_secret", text, field="below")
    rows.write(lower, verb="round.linked", by=by, changes={"parent": row})
    done: Round = ROUND.finish(row, "link_round", by=by, note=note, facts={"linked:round": lower.public_id})
    return done


def _above(row: Round) -> set[int]:
    """Keys of the round and of those it is part of."""
    found, here = {row.pk}, row
    while here.parent is not None and len(found) < DEEPEST:
        here = here.parent
        found.add(here.pk)
    if len(found) >= DEEPEST:
        raise RuleBroken("link_round.deep", f"上下级轮次最多 {DEEPEST} 层。", field="below")
    return found


@transaction.atomic
def join_campaign(
    round_: Round, *, by: User, campaign: Campaign, note: str = "", expected_version: int | None = None
) -> Round:
    """列入专题: one under way, whose region the round lies in. Raises RuleBroken."""
    row = ROUND.begin(round_, "join_campaign", by=by, note=note, expected_version=expected_version)
    if campaign.state != Campaign.State.OPEN or not row.region_id.startswith(prefix_of(campaign.region_id)):
        raise RuleBroken("join_campaign.other", "请选择本地区正在开展的专题。", field="campaign")
    if row.findings.filter(point__isnull=False).exclude(point__campaign=campaign).exists():
        text = "本轮次的问题已归到原专题的要点，不能改列其他专题。"
        raise RuleBroken("join_campaign.points", text, field="campaign")
    changes = {"campaign": campaign}
    done: Round = ROUND.finish(row, "join_campaign", by=by, note=note, changes=changes)
    return done


@transaction.atomic
def attach_to_round(
    round_: Round, *, by: User, file: UploadedFile, title: str = "", expected_version: int | None = None
) -> Attachment:
    """上传材料: 任务分工方案, 工作方案, 组长授权决定, 进驻通知. Seen as the round is."""
    row = ROUND.begin(round_, "attach", by=by, expected_version=expected_version)
    return files.attach(row, file, by=by, kind="round_paper", title=title)


@transaction.atomic
def finish_round(
    round_: Round, *, by: User, finished_on: date | None = None, note: str = "", expected_version: int | None = None,
) -> Round:  # fmt: skip
    """结束轮次. A secret round and its findings get their numbers now and become visible to those in charge.

    Raises RuleBroken while an object is entered and not left, or a worksheet signed by two waits to be registered.
    """
    row = ROUND.begin(round_, "finish_round", by=by, note=note, expected_version=expected_version)
    day = finished_on or moment.today()
    if not row.starts_on <= day <= moment.today():
        text = f"结束日期应在进驻日期 {row.starts_on} 之后，且不晚于今天。"
        raise RuleBroken("finish_round.finished_on", text, field="finished_on")
    _refuse_entered(row)
    refuse_signed(row, by=by)
    changes: dict[str, Any] = {"finished_on": day}
    if row.number is None:
        post = by.post_as(OFFICE)
        changes["number"] = numbering.take("round", row.region, post.unit.office_code if post else "")
    done: Round = ROUND.finish(row, "finish_round", by=by, note=note, changes=changes)
    for finding in done.findings.filter(number=None).order_by("pk"):
        number = numbering.take("finding", done.region, "WT")
        rows.change(finding, verb="finding.number", by=by, changes={"number": number})
    field_numbers.number_all(done, by=by)
    return done


def _refuse_entered(row: Round) -> None:
    entered = row.round_objects.filter(state=RoundObject.State.ENTERED).order_by("pk")
    if names := list(entered.values_list("name", flat=True)):
        more = f"等 {len(names)} 个" if len(names) > NAMED else ""
        text = f"还有巡察对象没有登记离开：{'、'.join(names[:NAMED])}{more}。请先登记离开。"
        raise RuleBroken("finish_round.entered", text)


@transaction.atomic
def close_round(round_: Round, *, by: User, note: str = "", expected_version: int | None = None) -> Round:
    """办结轮次: refused with the list while something of it is still owed (`services.closing`), and while a plan of visits
    goes on that `by` knows of. One he may not know of does not hold it up: a refusal would tell of it.
    """
    row = ROUND.begin(round_, "close_round", by=by, note=note, expected_version=expected_version)
    if left := still_open(row) + of_plans_known_to(row, by):
        more = f"；等 {len(left)} 项" if len(left) > NAMED else ""
        raise RuleBroken(
            "close_round.open", f"还有没有办完的事：{'；'.join(left[:NAMED])}{more}。请办完后再办结轮次。"
        )
    changes = {"closed_on": moment.today()}
    done: Round = ROUND.finish(row, "close_round", by=by, note=note, changes=changes)
    return done
