"""What is shown of requests to see a complainant: never the complainant."""

from typing import Any

from cases.models import IdentityRequest
from povertyaudit.core.views import Column, Fact, Facts, Table


def _standing(row: IdentityRequest) -> str:
    return row.standing


IDENTITY_COLUMNS = (
    Column("number", "线索编号", kind="link"),
    Column("requested_by.display_name", "申请人", phone="main"),
    Column("reason", "查看事由", phone="sub"),
    Column("created_at", "申请时间", kind="moment", order="created_at", phone="hide"),
    Column("decided_by.display_name", "审批人", phone="hide"),
    Column("expires_at", "可查看至", kind="moment", order="expires_at", phone="hide"),
    Column("standing", "进展", value=_standing, phone="last"),
)
ON_LEAD = (Column("requested_by.display_name", "申请人", kind="link", phone="main"), *IDENTITY_COLUMNS[2:])


def identity_facts(request: IdentityRequest) -> list[Facts]:
    """What was asked and what was decided."""
    lead = request.lead
    facts = [
        Fact("线索", str(lead), "link", row=lead),
        Fact("申请人", request.requested_by.display_name),
        Fact("申请时间", request.created_at, "moment"),
        Fact("查看事由", request.reason, wide=True),
        Fact("进展", request.standing),
        Fact("审批人", request.decided_by and request.decided_by.display_name),
        Fact("审批时间", request.decided_at, "moment"),
        Fact("可查看至", request.expires_at, "moment"),
        Fact("审批意见", request.decision, wide=True),
    ]
    return [Facts("申请和审批", [fact for fact in facts if fact.value not in (None, "")])]


def identity_table(lead: Any, user: Any) -> Table:
    """The requests about one lead, as far as this user may know of them."""
    rows = IdentityRequest.objects.visible_to(user).filter(lead=lead).for_list()
    return Table("查看反映人申请", ON_LEAD, rows, key="identity")
