"""What may be done with a letter of responsibility, by whom, and when."""

from typing import Any

from povertyaudit.answering.models import LetterState
from povertyaudit.answering.workflow.responsibilities import KEEPERS, OUTSIDE, keeps
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import OFFICERS, Role, User
from povertyaudit.core.workflow import Transition, Workflow

SIDES = ("upper", "lower")
SIGNERS = frozenset(Role) - OFFICERS - {Role.SERVICE}  # the person himself, whatever his post


def keeps_letter(row: Any, by: User) -> bool:
    """Whether he draws it up, amends, voids it: who keeps the terms of the place below."""
    posts = [post for post in by.current_posts() if post.role in KEEPERS]
    return any(keeps(post, row.region) for post in posts)


def noted_sides(row: Any, by: User) -> list[str]:
    """The sides whose signature on paper he may note: he keeps the terms of that place."""
    posts = [post for post in by.current_posts() if post.role in KEEPERS]
    return [side for side in SIDES if any(keeps(post, getattr(row, side).region) for post in posts)]


def own_sides(row: Any, by: User) -> list[str]:
    """The sides on which the person himself is to sign."""
    users = {side: getattr(row, side).user for side in SIDES}
    return [side for side, user in users.items() if user is not None and user.person_id == by.person_id]


def signs(row: Any, by: User) -> None:
    if not noted_sides(row, by) and not own_sides(row, by):
        raise NotAllowed(
            "letter.signer", "责任书由签订人本人签字；签在纸上的由登记责任人任职的部门、乡镇登记。"
        )


def kept_by(row: Any, by: User) -> None:
    if not keeps_letter(row, by):
        raise NotAllowed("letter.place", OUTSIDE)


DRAWN = frozenset({LetterState.DRAWN})
LETTER = Workflow(
    "letter",
    "责任书",
    (
        Transition(
            name="sign", label="签字", sources=DRAWN, target=LetterState.SIGNED, instead=DRAWN, roles=SIGNERS,
            who=(signs,), primary=True,
        ),
        Transition(
            name="amend", label="修改", sources=DRAWN, target=None, roles=KEEPERS, who=(kept_by,),
        ),
        Transition(
            name="void", label="作废", sources=frozenset({LetterState.DRAWN, LetterState.SIGNED}),
            target=LetterState.VOIDED, roles=KEEPERS, who=(kept_by,), note_required=True,
        ),
    ),
    others={"draw_up": "拟定责任书"},
)  # fmt: skip
