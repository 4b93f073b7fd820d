"""What may be done with a register, by whom, and when."""

from typing import Any

from funds.models import Register
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

LOADERS = frozenset({Role.CASE_MANAGER, Role.SUPERVISION, Role.FINANCE})
# Whoever handles a suspicion must be able to name the person; nobody else ever sees a number.
REVEALERS = frozenset({Role.CASE_MANAGER, Role.SUPERVISION, Role.INVESTIGATION})
SEEKERS = REVEALERS | {Role.FINANCE}
State = Register.State


def of_loader(row: Any, by: User) -> None:
    """A desk takes back what it has loaded itself."""
    if row.unit_id not in by.unit_ids:
        raise NotAllowed("register.unit", "由载入名册的单位作废。")


REGISTER = Workflow(
    "register",
    "名册",
    (
        Transition(
            name="reveal",
            label="查看身份证号",
            sources=frozenset({State.LOADED}),
            target=None,
            roles=REVEALERS,
            note_required=True,
        ),
        Transition(
            name="void",
            label="作废",
            sources=frozenset({State.LOADED}),
            target=State.VOID,
            roles=LOADERS,
            who=(of_loader,),
            note_required=True,
        ),
    ),
    others={
        "load": "登记名册文件", "finish": "载入完成", "fail": "没有载入", "replace": "被新载入的名册替换",
        "look_up": "按身份证号查找", "speak": "改定年度标注以哪份名册为准",
    },
)  # fmt: skip
