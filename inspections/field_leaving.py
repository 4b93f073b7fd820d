"""Plans of visits somebody who leaves stands in. They are secret: they go along and are never counted."""

from typing import Any

from inspections.leaving import bears_membership
from inspections.models import PlanMember, VisitPlan
from inspections.services.holding import hold
from inspections.services.plan_team import may_stand_in
from inspections.workflow.plans import ORDERERS
from povertyaudit.core import notify, rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, User


def open_work(post: Post) -> list[Work]:
    """Open plans the holder goes on, and those he ordered with this post: the successor joins the team."""
    found = []
    if bears_membership(post):
        named = PlanMember.objects.filter(user=post.user_id).values("plan_id")
        rows_ = VisitPlan.objects.open().filter(pk__in=named)
        found.append(Work("参加的走访计划", rows_, _moves(post.user_id), _stuck, counted=False))
    if post.role in ORDERERS:
        ordered = VisitPlan.objects.open().filter(ordered_by=post.user_id)
        found.append(Work("部署的走访计划", ordered, _joins, _stuck, counted=False))
    return found


def _moves(leaver: int) -> Any:
    def move(plan: VisitPlan, successor: User, by: User) -> None:
        """The successor takes the place; if he has one already, the higher of the two is his."""
        row = hold(plan)
        if not may_stand_in(row, successor):
            _stuck(row, by)
            return
        members = {member.user_id: member for member in row.members.all()}
        mine, his = members[leaver], members.get(successor.pk)
        leads = PlanMember.Role.LEADER in {mine.role, his.role if his else ""}
        keeps = his or mine
        keeps.user, keeps.role = successor, PlanMember.Role.LEADER if leads else PlanMember.Role.MEMBER
        rows.write(row, verb="visitplan.hand_over", by=by, saved=[keeps], removed=[mine] if his else [])

    return move


def _joins(plan: VisitPlan, successor: User, by: User) -> None:
    row = hold(plan)
    if row.members.filter(user=successor).exists():
        return
    if may_stand_in(row, successor):
        rows.write(row, verb="visitplan.hand_over", by=by, saved=[PlanMember(plan=row, user=successor)])
    else:
        _stuck(row, by)


def _stuck(plan: VisitPlan, by: User) -> None:
    """Whoever ordered the plan names somebody else; the approver sees to it where it is the orderer who leaves."""
    left = rows.change(plan, verb="visitplan.not_handed_over", by=by, changes={})
    entry = left._last_entry  # type: ignore[attr-defined]
    notify.tell(
        [left.ordered_by, left.approver], f"{entry.verb}:{entry.public_id}", kind="visitplan", number=left.number or "",
        text="走访人员离任，接任人不能参加，请重新确定人员。", url=left.get_absolute_url(), target=left,
    )  # fmt: skip
