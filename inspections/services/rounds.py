"""The verbs of a round: ordered, its team set, finished."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from inspections.models import Round, TeamMember
from inspections.querysets import NEVER_NAMED
from inspections.workflow import APPROVERS, OFFICE, ROUND
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.clock_rules import rule_for
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, User
from povertyaudit.core.scope import prefix_of

WINDOW_RULE = "item.rectify"  # 集中整改: two months before the revision of 2024, six after it


@transaction.atomic
def open_round(
    *,
    by: User,
    name: str,
    region: Region,
    starts_on: date,
    ends_on: date,
    approved_by: User,
    kind: str = Round.Kind.REGULAR,
    secret: bool = False,
    window_months: int | None = None,
    window_rule: str = "",
    note: str = "",
) -> Round:
    """部署巡察轮次. Without `window_months` (months) the 集中整改期 is that of the rule in force when the round starts.

    Raises NotAllowed, RuleBroken.
    """
    post = by.post_as(OFFICE)
    if post is None:
        raise NotAllowed("open_round.role", "巡察轮次由巡察办部署。")
    if not region.code.startswith(prefix_of(post.region_id)):
        raise RuleBroken("open_round.region", "只能部署本地区的巡察轮次，请重新选择地区。", field="region")
    if not approved_by.roles & APPROVERS or approved_by.person_id == by.person_id:
        raise RuleBroken(
            "open_round.approver", "批准人应是分管领导或者主要负责人，且不是部署人本人。", field="approved_by"
        )
    months, basis = _window(region, starts_on, window_months, window_rule)
    round_ = Round(
        name=name, region=region, kind=kind, starts_on=starts_on, ends_on=ends_on, secret=secret,
        window_months=months, window_rule=basis, ordered_by=by, approved_by=approved_by,
        number=None if secret else numbering.take("round", region, post.unit.office_code),
    )  # fmt: skip
    return rows.create(round_, verb="round.open_round", by=by, note=note)


def _window(region: Region, on: date, months: int | None, basis: str) -> tuple[int, str]:
    rule = rule_for(WINDOW_RULE, region, on)
    if months is None or months == rule.amount:
        return rule.amount, basis or f"{rule.source}{rule.article}"
    if not basis.strip():
        text = f"集中整改期与现行规定（{rule.amount} 个月）不同，请写明依据的文件。"
        raise RuleBroken("open_round.window_rule", text, field="window_rule")
    return months, basis


@transaction.atomic
def set_team(
    round_: Round,
    *,
    by: User,
    members: Iterable[Mapping[str, Any]],
    note: str = "",
    expected_version: int | None = None,
) -> Round:
    """确定巡察组成员: replaces the team. Each of `members` is {"user": User, "role": "leader"|"member"}.

    Raises RuleBroken unless there is exactly one leader and nobody stands twice.
    """
    row = ROUND.begin(round_, "set_team", by=by, note=note, expected_version=expected_version)
    wanted = [(member["user"], member["role"]) for member in members]
    _check_team(wanted)
    standing = {member.user_id: member for member in row.members.all()}
    saved = []
    for user, role in wanted:
        member = standing.pop(user.pk, None) or TeamMember(round=row, user=user)
        if member.pk is None or member.role != role:
            member.role = role
            saved.append(member)
    names = [f"{user.display_name}（{TeamMember.Role(role).label}）" for user, role in wanted]
    parts: dict[str, Any] = {"saved": saved, "removed": list(standing.values()), "facts": {"team": names}}
    done: Round = ROUND.finish(row, "set_team", by=by, note=note, **parts)
    return done


def _check_team(wanted: list[tuple[User, str]]) -> None:
    if sum(role == TeamMember.Role.LEADER for _, role in wanted) != 1:
        raise RuleBroken("set_team.leader", "巡察组应有一名组长，且只有一名。", field="members")
    if len({user.person_id for user, _ in wanted}) != len(wanted):
        raise RuleBroken("set_team.twice", "同一个人在巡察组里只能出现一次。", field="members")
    if any(user.roles & NEVER_NAMED for user, _ in wanted):
        raise RuleBroken("set_team.officer", "系统管理人员和接口账户不能编入巡察组。", field="members")


@transaction.atomic
def finish_round(
    round_: Round,
    *,
    by: User,
    finished_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Round:
    """结束轮次. A secret round and its findings get their numbers now and become visible to those in charge."""
    row = ROUND.begin(round_, "finish_round", by=by, note=note, expected_version=expected_version)
    day = finished_on or moment.today()
    if not row.starts_on <= day <= moment.today():
        text = f"结束日期应在进驻日期 {row.starts_on} 之后，且不晚于今天。"
        raise RuleBroken("finish_round.finished_on", text, field="finished_on")
    changes: dict[str, Any] = {"finished_on": day}
    if row.number is None:
        post = by.post_as(OFFICE)
        changes["number"] = numbering.take("round", row.region, post.unit.office_code if post else "")
    done: Round = ROUND.finish(row, "finish_round", by=by, note=note, changes=changes)
    for finding in done.findings.filter(number=None).order_by("pk"):
        number = numbering.take("finding", done.region, "WT")
        rows.change(finding, verb="finding.number", by=by, changes={"number": number})
    return done
