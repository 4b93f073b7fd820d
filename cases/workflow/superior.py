"""属上级管辖的检举控告: sent up by the desk that received it, straight through its own head."""

from typing import TYPE_CHECKING

from cases.models import SuperiorReceipt
from cases.roles import DESK
from cases.workflow.who import holds, serves_in
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

if TYPE_CHECKING:
    from typing import Any


def desk_or_head(row: SuperiorReceipt, by: User) -> None:
    if not holds(by, DESK, row.registering_unit_id) and not holds_head(row, by):
        raise NotAllowed("superior.desk", "由登记单位或本机关主要负责人办理。")


def holds_head(row: SuperiorReceipt, by: User) -> bool:
    return serves_in(by, {Role.SECRETARY}, row.region_id)


def without_receipt(row: "Any") -> bool:
    return not row.superior_receipt


SUPERIOR = Workflow(
    "superior_receipt",
    "上级管辖件",
    (
        Transition(
            name="send_up", label="登记报送", sources=frozenset({"waiting"}), target="sent",
            roles=DESK | {Role.SECRETARY}, who=(desk_or_head,), primary=True,
        ),
        Transition(
            name="record_receipt", label="登记上级回执", sources=frozenset({"sent"}), target=None,
            roles=DESK | {Role.SECRETARY}, who=(desk_or_head,), when=without_receipt, primary=True,
        ),
    ),
    others={"receive": "登记收到"},
)  # fmt: skip
