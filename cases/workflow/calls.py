"""扶贫专线: who may do what to a call and to a digest, in which state."""

from typing import TYPE_CHECKING, Any

from cases.call_querysets import WORKERS
from cases.models import CallDigest, CallState, DigestState, HotlineCall
from cases.roles import LEADERS
from cases.workflow.who import holds, serves_in
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable

DESK = frozenset({Role.PETITION})
ANSWERERS = DESK | WORKERS
OWED = frozenset({CallState.REGISTERED, CallState.REPLIED, CallState.LEAD})  # the next step is the desk's


def own_desk(call: HotlineCall, by: User) -> None:
    if not holds(by, DESK, call.registering_unit_id):
        raise NotAllowed("call.not_your_desk", "这件来电由登记它的信访工作人员办理。")


def in_its_unit(call: HotlineCall, by: User) -> None:
    if call.unit_id is None or not holds(by, WORKERS, call.unit_id):
        raise NotAllowed("call.not_your_unit", "这件来电由接受转办的单位办理。")


def its_leader(digest: CallDigest, by: User) -> None:
    if not serves_in(by, LEADERS, digest.region_id):
        raise NotAllowed("digest.not_your_body", "快报由本机关领导批示。")


def answers_for_it(digest: CallDigest, by: User) -> None:
    """A member of a room that owes the answer to an instruction; lists bring the instructions along."""
    owed = [one.unit_id for one in digest.instructions.all() if one.answered_on is None]
    if not any(holds(by, ANSWERERS, unit) for unit in owed):
        raise NotAllowed("report.unit", "没有待您所在部门报告的批示；批示由领导指定的部门报告落实情况。")


def _step(
    name: str, label: str, sources: "Iterable[str]", target: str | None, roles: "Iterable[str]", **more: Any
) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


CALL = Workflow("hotlinecall", "专线来电", (
    _step("transfer", "转办", {CallState.REGISTERED, CallState.REPLIED}, CallState.TRANSFERRED, DESK, who=(own_desk,)),
    _step("answer", "登记回复来电人", OWED, CallState.ANSWERED, DESK, who=(own_desk,), primary=True),
    _step("make_lead", "转为问题线索", {CallState.REGISTERED, CallState.REPLIED}, CallState.LEAD, DESK, who=(own_desk,)),
    _step("close", "办结", {CallState.ANSWERED}, CallState.CLOSED, DESK, who=(own_desk,), primary=True),
    _step("sign_for", "签收", {CallState.TRANSFERRED}, CallState.IN_HAND, WORKERS, who=(in_its_unit,), primary=True),
    _step("reply", "报告办理情况", {CallState.IN_HAND}, CallState.REPLIED, WORKERS, who=(in_its_unit,), primary=True),
    _step("hand_back", "退回信访室", {CallState.TRANSFERRED, CallState.IN_HAND}, CallState.REGISTERED, WORKERS,
          who=(in_its_unit,), note_required=True),
), others={"register": "登记来电", "attach": "上传材料", "replace_file": "更换材料"})  # fmt: skip

DIGEST = Workflow("calldigest", "专线快报", (
    _step("instruct", "批示", set(DigestState), DigestState.INSTRUCTED, LEADERS, who=(its_leader,), primary=True),
    _step("report", "报告批示落实情况", {DigestState.INSTRUCTED}, None, ANSWERERS,
          who=(answers_for_it,), primary=True),
), others={"assemble": "汇编快报", "attach": "生成快报文件", "replace_file": "更换文件"})  # fmt: skip
