"""What a person who leaves has in hand: talks he is to hold or to record, minutes he has not signed. What he signed stays
his. Called by `core.handing_over`."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from povertyaudit.core import clocks, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, User
from povertyaudit.talks.models import Talk, TalkState
from povertyaudit.talks.services.minutes import FOLLOW
from povertyaudit.talks.services.notices import check_people
from povertyaudit.talks.services.telling import deciders, tell
from povertyaudit.talks.workflow import HOSTS


def open_work(post: Post) -> list[Work]:
    if post.role not in HOSTS:
        return []
    talks, records = Q(talker=post.user_id), Q(recorder=post.user_id)
    waiting = (
        Q(state=TalkState.NOTIFIED) & (talks | records)
        | Q(state=TalkState.HELD) & (talks & Q(talker_signed=False) | records)
        | Q(state=TalkState.FOLLOWING) & records
    )
    return [Work("约谈", Talk.objects.filter(waiting), _moves(post.user_id), _stuck)]


def _moves(leaver: int) -> Callable[[Talk, User, User], None]:
    def move(talk: Talk, successor: User, by: User) -> None:
        """In his stead, unless he has a part in it or may not; who recorded what is signed by all stays, and its
        follow-up reminds the successor."""
        row: Talk = rows.lock(talk)
        signed = row.state == TalkState.FOLLOWING
        who: dict[str, Any] = {
            name: successor for name in ("talker", "recorder") if getattr(row, f"{name}_id") == leaver
        }
        if row.talker_signed:
            who.pop("talker", None)
        try:
            check_people(row, who.get("talker", row.talker), who.get("recorder", row.recorder))
        except RuleBroken:
            _stuck(talk, by)
            return
        done = rows.write(row, verb="talk.hand_over", by=by, changes={} if signed else who)
        if "recorder" in who:
            clocks.address(done, FOLLOW, owner_user=successor)

    return move


def _stuck(talk: Talk, by: User) -> None:
    left = rows.change(talk, verb="talk.not_handed_over", by=by, changes={})
    text = "约谈人或者记录人离任，接任人应当回避或者不能办理，请另行安排。"
    tell(left, [left.proposed_by, *deciders(left)], text, by=by)
