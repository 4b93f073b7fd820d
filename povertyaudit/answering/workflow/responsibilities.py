"""What may be done with a term, by whom, and when."""

from typing import Any

from povertyaudit.answering.models import ResponsibilityState
from povertyaudit.answering.querysets import LOCAL, OVER, above, of_township
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Post, Region, Role, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow

WIDE = frozenset({Role.CASE_MANAGER, Role.SUPERVISION, Role.PATROL_OFFICE})
TEAM_WIDE = WIDE - {Role.CASE_MANAGER}  # as the attendance of village teams is kept
KEEPERS = WIDE | LOCAL
State = ResponsibilityState
SERVING = frozenset({State.SERVING})
HANDED = frozenset({State.SERVING, *OVER})
OUTSIDE = "只能登记、办理本地区及其上级的责任人；乡镇登记本乡镇、本村的，部门办理本单位派出的驻村人员。"


def keeps(post: Post, region: Region, *, team: bool = False, sent_by: int | None = None) -> bool:
    """Whether the post keeps the terms of the place: one that oversees it or lies in it, its township; of a village team
    those who keep its attendance, and the sender."""
    if post.role in (TEAM_WIDE if team else WIDE):
        return region.code.startswith(prefix_of(post.region_id)) or region.code in above(post.region_id)
    if post.role not in LOCAL:
        return False
    if of_township(post) and region.code.startswith(prefix_of(post.region_id)):
        return True
    return team and sent_by is not None and sent_by == post.unit_id


def kept_by(row: Any, by: User) -> None:
    posts = by.current_posts()
    if not any(keeps(post, row.region, team=row.is_team, sent_by=row.home_unit_id) for post in posts):
        raise NotAllowed("responsibility.place", OUTSIDE)


def in_team(row: Any) -> bool:
    return bool(row.is_team)


def not_followed(row: Any) -> bool:
    return not row.is_followed


def runs_out(row: Any) -> bool:
    return row.ends_on is not None


def not_given(row: Any) -> bool:
    return not hasattr(row, "handover")


def waits_to_be_taken(row: Any) -> bool:
    return hasattr(row, "handover") and row.handover.taken_on is None


RESPONSIBILITY = Workflow(
    "responsibility",
    "责任人任职",
    (
        Transition(
            name="succeed", label="登记接任", sources=frozenset({State.SERVING, State.ENDED, State.RECALLED}),
            target=State.ENDED, instead=frozenset({State.RECALLED}), roles=KEEPERS, who=(kept_by,), when=not_followed,
            unless="这一任已经登记了接任人，请在接任人的任职上办理。", primary=True,
        ),
        Transition(
            name="extend", label="延期", sources=SERVING, target=None, roles=KEEPERS, who=(kept_by,), when=runs_out,
            unless="这一任没有期限，不需要延期。",
        ),
        Transition(
            name="end", label="结束任职", sources=SERVING, target=State.ENDED, roles=KEEPERS, who=(kept_by,),
        ),
        Transition(
            name="recall", label="召回", sources=SERVING, target=State.RECALLED, roles=KEEPERS, who=(kept_by,),
            when=in_team, unless="召回只用于驻村工作队；其他责任人请办理“结束任职”。", note_required=True,
        ),
        Transition(
            name="give", label="移交", sources=HANDED, target=None, roles=KEEPERS, who=(kept_by,), when=not_given,
            unless="这一任的交接清单已经移交。",
        ),
        Transition(
            name="take", label="接收", sources=HANDED, target=None, roles=KEEPERS, who=(kept_by,), when=waits_to_be_taken,
            unless="还没有移交，或者已经接收。", primary=True,
        ),
        Transition(
            name="amend", label="修改", sources=SERVING, target=None, roles=KEEPERS, who=(kept_by,),
        ),
        Transition(
            name="void", label="登记有误作废", sources=frozenset({State.SERVING, *OVER}), target=State.VOIDED,
            roles=KEEPERS, who=(kept_by,), when=not_followed, unless="已有接任人，不能作废；请先作废接任人的任职。",
            note_required=True,
        ),
    ),
    others={"register": "登记任职", "take_in": "导入任职", "pass_on": "离任移交", "person_ended": "驻村结束"},
)  # fmt: skip
