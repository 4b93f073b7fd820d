"""查看反映人: who asks, who decides, who reads, until when."""

from typing import TYPE_CHECKING, Any

from cases.models import Lead, State
from cases.models.identity import IdentityRequest, RequestState
from cases.roles import LEADERS, PART
from cases.workflow.who import OPEN, serves_in
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import User
from povertyaudit.core.workflow import Transition, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable


def not_of_the_desk(lead: Lead, by: User) -> None:
    if lead.registering_unit_id in by.unit_ids:
        raise NotAllowed("identity.desk", "该件由您所在单位登记，可以直接查看反映人，不必申请。")


def decides(request: IdentityRequest, by: User) -> None:
    """分管领导 or 主要负责人 of the body whose desk keeps the identity, never the one who asks."""
    if not serves_in(by, LEADERS, request.lead.registering_unit.region_id):
        raise NotAllowed("identity.leader", "查看反映人的申请由登记机关的分管领导或主要负责人审批。")
    if request.requester_id == by.person_id:
        raise NotAllowed("identity.own", "申请人和审批人不能是同一个人。")


def its_reader(request: IdentityRequest, by: User) -> None:
    if request.requested_by_id != by.pk:
        raise NotAllowed("identity.reader", "只有申请人本人可以办理。")


def closes(request: IdentityRequest, by: User) -> None:
    """Its reader, the desk that keeps the identity, and those who decide."""
    if request.requested_by_id == by.pk or request.lead.registering_unit_id in by.unit_ids:
        return
    decides(request, by)


def _step(name: str, label: str, sources: "Iterable[str]", target: str | None, **more: Any) -> Transition:
    return Transition(name=name, label=label, sources=frozenset(sources), target=target, **more)


ASKED, GIVEN = RequestState.REQUESTED, RequestState.APPROVED
IDENTITY_REQUEST = Workflow("identityrequest", "查看反映人申请", (
    _step("approve", "批准查看", {ASKED}, GIVEN, roles=LEADERS, who=(decides,), primary=True),
    _step("refuse", "不予批准", {ASKED}, RequestState.REFUSED, roles=LEADERS, who=(decides,), note_required=True),
    _step("read", "查看反映人", {GIVEN}, None, roles=PART, who=(its_reader,),
          when=lambda request: request.open_now, primary=True),
    _step("withdraw", "撤回申请", {ASKED}, RequestState.ENDED, roles=PART, who=(its_reader,)),
    _step("end", "结束查看", {GIVEN}, RequestState.ENDED, roles=PART, who=(closes,)),
), others={"request": "申请查看反映人"})  # fmt: skip

# The verb of the lead itself, joined into its table.
ASKING = (
    _step("request_identity", "申请查看反映人", OPEN | {State.CONCLUDED}, None, roles=PART,
          who=(not_of_the_desk,), when=lambda lead: lead.is_named),
)  # fmt: skip
