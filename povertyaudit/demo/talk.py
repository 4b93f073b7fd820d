"""What colleagues say to each other beside the records, and what they follow."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cases.models import Lead
from inspections.models import Round
from povertyaudit.core import comments, favourites
from povertyaudit.core.models import Dossier, User
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary
from rectification.models import Item

OPEN_ITEMS = ("accepted", "rectifying", "closure_applied", "sector_reviewed")


def beside(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """A question on a lead and its answer, one on an item, one among the team of the secret round."""
    yield diary.ago(3)
    inspector, registry = cast.inspector1, cast.casemgr
    lead = seen(Lead, inspector, state="in_step")
    say(lead, inspector, f"核对材料时有两处对不上，@{registry.display_name} 请问登记时有没有附件？")
    item = seen(Item, cast.official, state__in=OPEN_ITEMS)
    say(item, cast.official, f"公示照片已补拍，@{cast.unithead.display_name} 请看是否可以申请销号。")
    for row, user in ((lead, inspector), (lead, cast.leader), (item, cast.official), (item, cast.sector)):
        favourites.follow(row, by=user)
    yield diary.ago(2)
    say(lead, registry, f"有一页附件，已复印，@{inspector.display_name} 明天上午来取。")
    say(lead, inspector, "先把材料核对完，再定谈话顺序。", own_unit_only=True)
    withdrawn = say(item, cast.unithead, "今天申请。")
    yield diary.ago(1)
    comments.withdraw(withdrawn, by=cast.unithead)
    say(item, cast.unithead, "第二条措施还差验收单，补齐后再申请。")
    secret: Any = seen(Round, cast.patrol2, secret=True)
    say(secret, cast.patroloffice, f"车辆由本办安排，@{cast.patrol2.display_name} 名单不要外传。")
    for row in (lead, secret, seen(Item, cast.secretary, state__in=OPEN_ITEMS)):
        favourites.follow(row, by=cast.secretary)


def seen(model: Any, user: User, **which: Any) -> Any:
    """The newest such record the person sees."""
    return model.objects.visible_to(user).filter(**which).order_by("pk").last()


def say(row: Dossier, by: User, text: str, *, own_unit_only: bool = False) -> Any:
    comment, _ = comments.write(row, by=by, text=text, own_unit_only=own_unit_only)
    return comment
