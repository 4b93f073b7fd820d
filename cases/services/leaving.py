"""What a person who leaves has in hand: leads he handles, leads he leads. Called by `core.handing_over`."""

from typing import Any

from cases.models import Lead
from cases.roles import LEADERS, OFFICES
from cases.services.telling import tell_registry
from povertyaudit.core import rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, Role, User


def open_work(post: Post) -> list[Work]:
    """The open leads in the name of the holder of this post. What his office did is history and stays."""
    if post.role in OFFICES:
        mine = Lead.objects.open().filter(handler=post.user_id, acting_unit=post.unit_id)
        return [Work("承办的问题线索", mine, _moves("handler"), _stuck)]
    pressed = Work(
        "督办的问题线索", Lead.objects.open().filter(supervisor=post.user_id), _moves("supervisor"), _stuck
    )
    if post.role in LEADERS:
        led = Lead.objects.open().filter(leader=post.user_id)
        return [Work("分管的问题线索", led, _moves("leader"), _stuck), pressed]
    return [pressed] if post.role == Role.CASE_MANAGER else []


def _moves(field: str) -> Any:
    def move(lead: Lead, successor: User, by: User) -> None:
        rows.change(lead, verb="lead.hand_over", by=by, changes={field: successor})

    return move


def _stuck(lead: Lead, by: User) -> None:
    """The registry names another one; an entry of its own says why it was left."""
    left = rows.change(lead, verb="lead.not_handed_over", by=by, changes={})
    tell_registry(left, "经办人员离任，接任人应当回避，请另行指定。", by=by)
