"""What a person who leaves has in hand of joint meetings: resolutions in his name. Called by `core.handing_over`."""

from typing import Any

from cases.models import Resolution
from povertyaudit.core import rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, User


def open_work(post: Post) -> list[Work]:
    mine = Resolution.objects.open().filter(person=post.user_id, unit=post.unit_id)
    return [Work("会议议定事项", mine, _move, _stuck)]


def _move(resolution: Resolution, successor: User, by: User) -> Any:
    return rows.change(resolution, verb="resolution.hand_over", by=by, changes={"person": successor})


def _stuck(resolution: Resolution, by: User) -> Any:
    """The unit keeps it, without a person's name."""
    return rows.change(resolution, verb="resolution.not_handed_over", by=by, changes={"person": None})
