"""通报: who may do what to a bulletin and to a copy, in which state."""

from typing import TYPE_CHECKING, Any

from cases.bulletin_querysets import DRAFTERS, READERS
from cases.models import Bulletin, BulletinCopy, BulletinState, CopyState
from cases.roles import LEADERS
from cases.workflow.who import holds, serves_in
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import User
from povertyaudit.core.models.places import Level
from povertyaudit.core.workflow import Transition, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable


def own_body(bulletin: Bulletin, by: User) -> None:
    if not serves_in(by, DRAFTERS | LEADERS, bulletin.region_id):
        raise NotAllowed("bulletin.not_your_body", "通报由本机关案管室和领导办理。")


def another_person(bulletin: Bulletin, by: User) -> None:
    """Two natural persons: one person with two accounts is one person."""
    if bulletin.drafted_by.person_id == by.person_id:
        raise NotAllowed("bulletin.own_draft", "通报的起草人和批准人不能是同一个人。")


def in_its_unit(copy: BulletinCopy, by: User) -> None:
    if not holds(by, READERS, copy.unit_id):
        raise NotAllowed("copy.not_your_unit", "由送达单位的人员阅读签收。")


def not_posted(copy: BulletinCopy) -> bool:
    """For a village, and not said yet how it was told there."""
    return copy.posted_on is None and copy.region.level == Level.VILLAGE


def _step(
    name: str, label: str, sources: "Iterable[str]", target: str | None, roles: "Iterable[str]", **more: Any
) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


DRAFT, SUBMITTED, APPROVED = BulletinState.DRAFT, BulletinState.SUBMITTED, BulletinState.APPROVED
ISSUED = BulletinState.ISSUED
BULLETIN = Workflow("bulletin", "通报", (
    _step("add_case", "增加案例", {DRAFT}, None, DRAFTERS, who=(own_body,)),
    _step("remove_case", "删去案例", {DRAFT}, None, DRAFTERS, who=(own_body,)),
    _step("submit", "报送审批", {DRAFT}, SUBMITTED, DRAFTERS, who=(own_body,), primary=True),
    _step("approve", "批准", {SUBMITTED}, APPROVED, LEADERS, who=(own_body, another_person), primary=True),
    _step("send_back", "退回修改", {SUBMITTED, APPROVED}, DRAFT, LEADERS, who=(own_body,), note_required=True),
    _step("issue", "印发", {APPROVED}, ISSUED, DRAFTERS, who=(own_body,), primary=True),
    _step("distribute", "发送", {ISSUED}, None, DRAFTERS, who=(own_body,), primary=True),
    _step("send_to_villages", "发送到全部村", {ISSUED}, None, DRAFTERS, who=(own_body,)),
    _step("correct", "更正", {ISSUED}, None, DRAFTERS, who=(own_body,), note_required=True),
), others={
    "draft": "起草", "correcting": "起草更正通报", "corrected": "被更正", "attach": "生成通报文件", "replace_file": "更换文件",
})  # fmt: skip

COPY = Workflow("bulletincopy", "通报送达", (
    _step("read", "阅读签收", {CopyState.SENT}, CopyState.READ, READERS, who=(in_its_unit,), primary=True),
    _step("post_up", "登记村内传达", {CopyState.SENT, CopyState.READ}, CopyState.READ, READERS, who=(in_its_unit,),
          when=not_posted, unless="村内传达已经登记。"),
), others={
    "send": "送达", "withdraw": "被更正", "attach": "生成通报文件", "replace_file": "更换文件",
})  # fmt: skip
