"""What a person who leaves has in hand: score sheets and inspection duties of his office that remind him. They stand in the
name of the office; the record says to whom they went. Called by `core.handing_over`."""

from typing import Any

from povertyaudit.assessment.models import InspectionDuty, ScoreSheet
from povertyaudit.assessment.roles import SCORERS
from povertyaudit.core import clocks, notify, rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Clock, Post, User


def open_work(post: Post) -> list[Work]:
    if post.role not in SCORERS:
        return []
    return [
        Work("考核评分表", _named(ScoreSheet, "owed", post), _move, _stuck),
        Work("督查安排", _named(InspectionDuty, "open", post), _move, _stuck),
    ]


def _named(model: Any, state: str, post: Post) -> Any:
    """Those of the office whose date reminds the holder of the post."""
    of_kind = Clock.objects.open().filter(target_label=model._meta.label_lower, owner_user=post.user_id)
    return model.objects.filter(unit=post.unit_id, state=state, pk__in=of_kind.values("target_id"))


def _move(row: Any, successor: User, by: User) -> None:
    kind = row._meta.model_name
    done = rows.write(
        rows.lock(row), verb=f"{kind}.hand_over", by=by, personal={"to": successor.display_name}
    )
    clocks.address(done, owner_user=successor)


def _stuck(row: Any, by: User) -> None:
    """The successor stands aside: the others of the office are told."""
    left = rows.change(row, verb=f"{row._meta.model_name}.not_handed_over", by=by, changes={})
    clocks.address(left, owner_user=None)
    text = "经办人离任，接任人应当回避，请另行安排人员办理。"
    notify.tell_of(left, User.objects.holding(SCORERS, unit=left.unit), text, by=by)
