"""打听干预 and 问责: who may do what."""

from cases.models import Accountability, Interference
from cases.roles import OFFICES, REGISTRY
from cases.workflow.who import holds, serves_in
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

OPENERS = OFFICES - {Role.ADJUDICATION} | {Role.CASE_MANAGER}


def keeps_it(row: Interference | Accountability, by: User) -> None:
    """The registry and the head of the body it is registered with."""
    if not serves_in(by, REGISTRY, row.region_id):
        raise NotAllowed("asking.keeper", "由本机关案管室或主要负责人办理。")


def not_his_own_report(row: Interference, by: User) -> None:
    if row.reported_by.person_id == by.person_id:
        raise NotAllowed("interference.own", "本人报告的由其他人员处理。")


def handles_it(row: Accountability, by: User) -> None:
    if not holds(by, OFFICES, row.handling_unit_id):
        keeps_it(row, by)


def is_head(row: Accountability, by: User) -> None:
    if not serves_in(by, {Role.SECRETARY}, row.region_id):
        raise NotAllowed("accountability.head", "问责由本机关主要负责人决定。")


INTERFERENCE = Workflow(
    "interference",
    "打听干预",
    (
        Transition(
            name="handle", label="登记处理", sources=frozenset({"recorded"}), target="handled", roles=REGISTRY,
            who=(keeps_it, not_his_own_report), primary=True,
        ),
    ),
    others={"record": "报告打听干预"},
)  # fmt: skip

ACCOUNTABILITY = Workflow(
    "accountability",
    "问责",
    (
        Transition(
            name="decide", label="作出决定", sources=frozenset({"open"}), target="decided",
            roles=frozenset({Role.SECRETARY}), who=(is_head,), primary=True,
        ),
        Transition(
            name="carry_out", label="登记落实", sources=frozenset({"decided"}), target="carried_out",
            roles=OPENERS | REGISTRY, who=(handles_it,), primary=True,
        ),
        Transition(
            name="add_responsible", label="增加问责对象", sources=frozenset({"open"}), target=None,
            roles=OPENERS | REGISTRY, who=(handles_it,),
        ),
        Transition(
            name="set_measure", label="拟定问责方式", sources=frozenset({"open"}), target=None,
            roles=OPENERS | REGISTRY, who=(handles_it,),
        ),
    ),
    others={"open": "启动问责"},
)  # fmt: skip
