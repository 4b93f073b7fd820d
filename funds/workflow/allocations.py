"""What may be done with an allocation, by whom, and when."""

from typing import Any

from funds.models import Allocation
from povertyaudit.core.models import Role
from povertyaudit.core.workflow import Transition, Workflow

FUND_DESK = frozenset({Role.FINANCE})


def nothing_assigned(row: Any) -> bool:
    return not row.assigned_fen


ALLOCATION = Workflow(
    "allocation",
    "资金下达",
    (
        Transition(
            name="revoke",
            label="作废",
            sources=frozenset({Allocation.State.OPEN}),
            target=Allocation.State.REVOKED,
            roles=FUND_DESK,
            when=nothing_assigned,
            unless="已有项目使用这份文件的资金，不能作废；请先调整项目的资金来源。",
            note_required=True,
        ),
    ),
    others={"register_allocation": "登记资金下达", "assign": "安排到项目"},
)
