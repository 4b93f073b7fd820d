"""What a person who leaves has in hand: his place in teams under way, and secret rounds he ordered. Called by
`core.handing_over`. Who ordered and who approved stays as it was; the successor joins the team."""

from typing import Any

from django.db.models import Q

from inspections.models import Round, TeamMember
from povertyaudit.core import notify, rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, Role, User

RANKED = list(TeamMember.Role.values)  # first things first
SECRET = Q(secret=True, finished_on=None)


def open_work(post: Post) -> list[Work]:
    """Rounds under way the holder is named on. A secret one goes along and is not counted."""
    found = []
    if bears_membership(post):
        named = Round.objects.open().filter(
            pk__in=TeamMember.objects.filter(user=post.user_id).values("round_id")
        )
        move = _moves(post.user_id)
        found += [
            Work("参加的巡察轮次", named.exclude(SECRET), move, _stuck),
            Work("参加的巡察轮次", named.filter(SECRET), move, _stuck, counted=False),
        ]
    if post.role == Role.PATROL_OFFICE:
        ordered = Round.objects.open().filter(SECRET, ordered_by=post.user_id)
        found.append(Work("部署的巡察轮次", ordered, _joins, _stuck, counted=False))
    return found


def bears_membership(post: Post) -> bool:
    """A place in a team goes with the post in a patrol team; where there is none, with the first post."""
    posts = post.user.open_posts()
    teams = [one for one in posts if one.role == Role.PATROL_TEAM] or posts
    return bool(teams) and teams[0].pk == post.pk


def _moves(leaver: int) -> Any:
    def move(round_: Round, successor: User, by: User) -> None:
        """The successor takes the place; if he has one already, the higher of the two is his."""
        row = rows.lock(round_)
        members = {member.user_id: member for member in row.members.all()}
        mine, his = members[leaver], members.get(successor.pk)
        keeps, gone = mine, his
        if his is not None and (
            his.team_id == mine.team_id or RANKED.index(his.role) <= RANKED.index(mine.role)
        ):
            keeps, gone = his, mine
            if his.team_id == mine.team_id:
                keeps.role = min(mine.role, his.role, key=RANKED.index)
        keeps.user = successor
        rows.write(row, verb="round.hand_over", by=by, saved=[keeps], removed=[gone] if gone else [])

    return move


def _joins(round_: Round, successor: User, by: User) -> None:
    row = rows.lock(round_)
    if not row.members.filter(user=successor).exists():
        joins = TeamMember(round=row, user=successor, team=row.teams.first())
        rows.write(row, verb="round.hand_over", by=by, saved=[joins])


def _stuck(round_: Round, by: User) -> None:
    """Whoever ordered the round names another member."""
    left = rows.change(round_, verb="round.not_handed_over", by=by, changes={})
    entry = left._last_entry  # type: ignore[attr-defined]
    notify.tell(
        [left.ordered_by], f"{entry.verb}:{entry.public_id}", kind="round", number=left.number or "",
        text="巡察组成员离任，接任人应当回避，请重新确定成员。", url=left.get_absolute_url(), target=left,
    )  # fmt: skip
