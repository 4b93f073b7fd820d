"""What may be done with an activity, by whom: 计划 → 已举办 → 已归档."""

from typing import Any

from povertyaudit.activities.models import ActivityState as S
from povertyaudit.activities.querysets import DESKS, KEEPERS, OF_UNITS
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, Post, Role, Unit, UnitKind, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow
from rectification.workflow.who import REGISTRARS

ISSUERS = REGISTRARS - {Role.PATROL_OFFICE}
LIVE = frozenset({S.PLANNED, S.HELD})


def post_for(unit: Unit, by: User) -> Post | None:
    """The post by which `by` keeps the log of `unit`: his own unit's, a township for its villages, a desk for its region."""
    for post in by.current_posts():
        under = unit.region_id.startswith(prefix_of(post.region_id))
        if post.role in OF_UNITS and (
            post.unit_id == unit.pk or (under and post.unit.kind == UnitKind.TOWNSHIP)
        ):
            return post
        if post.role in DESKS and under:
            return post
    return None


def keeps(row: Any, by: User) -> None:
    if post_for(row.unit, by) is None:
        raise NotAllowed("activity.unit", "由举办单位、所在乡镇或者本地区的监督检查室、案管室、巡察办办理。")


def has_papers(row: Any, by: User) -> None:
    if not Attachment.objects.of(row).exists():
        text = "还没有上传材料，请先上传签到表、照片或者会议纪要再归档。"
        raise RuleBroken("activity.papers", text)


def decisions_settled(row: Any, by: User) -> None:
    waiting = sum(one.state == "open" for one in row.decisions.all())
    if waiting:
        text = f"还有 {waiting} 项议定事项没有下发，也没有注明只作记录，不能归档。"
        raise RuleBroken("activity.decisions", text)


def nothing_issued(row: Any, by: User) -> None:
    if any(one.state == "issued" for one in row.decisions.all()):
        raise RuleBroken("activity.issued", "已有议定事项下发为整改事项，这次会议不能作废。")


def waits(row: Any) -> bool:
    """Whether a decision was neither issued nor noted; out of the prefetched ones."""
    return any(one.state == "open" for one in row.decisions.all())


def issues(row: Any, by: User) -> None:
    """The desk that registers items, of the region of the unit."""
    if not any(
        post.role in ISSUERS and row.region_id.startswith(prefix_of(post.region_id))
        for post in by.current_posts()
    ):
        raise NotAllowed("activity.issuer", "议定事项由本地区的监督检查室或者案管室下发。")


def _step(name: str, label: str, sources: Any, target: str | None, **more: Any) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=KEEPERS, who=(keeps,), **more
    )


ACTIVITY = Workflow(
    "activity",
    "活动",
    (
        _step("hold", "登记举办", {S.PLANNED}, S.HELD, primary=True),
        _step("archive", "归档", {S.HELD}, S.ARCHIVED, guards=(has_papers, decisions_settled), primary=True),
        _step("edit", "修改", LIVE, None),
        _step("set_people", "参加名单", LIVE, None),
        _step("sign_in", "登记签到", LIVE, None),
        _step("attach", "上传材料", LIVE, None),
        _step("fulfil", "关联整改措施", LIVE, None),
        _step("unlink", "取消关联措施", LIVE, None),
        _step("cancel", "取消", {S.PLANNED}, S.CANCELLED, note_required=True),
        _step("void", "作废", {S.HELD}, S.VOIDED, guards=(nothing_issued,), note_required=True),
        _step("decide", "登记议定事项", {S.HELD}, None),
        Transition(
            name="issue_decisions",
            label="下发议定事项",
            sources=frozenset({S.HELD}),
            target=None,
            roles=ISSUERS,
            who=(issues,),
            when=waits,
            unless="没有待下发的议定事项。",
            primary=True,
        ),
        _step(
            "note_decision",
            "只作记录",
            {S.HELD},
            None,
            when=waits,
            unless="没有待下发的议定事项。",
            note_required=True,
        ),
    ),
    others={"plan": "列入计划", "register": "登记", "bring_in": "从表格导入"},
)
