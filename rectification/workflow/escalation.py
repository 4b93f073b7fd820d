"""督办: who signs and sends a letter, who receives and answers it, who decides what is proposed."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow
from rectification.escalation_querysets import ANSWERING
from rectification.models.escalation import EscalationState
from rectification.workflow.who import LEADERS, REGISTRARS, VERIFIERS, in_charge, leads_the_region

S = EscalationState
SENDERS = REGISTRARS | VERIFIERS


def watches_over_the_item(row: Any, by: User) -> None:
    in_charge(row.item, by)


def of_the_addressee(row: Any, by: User) -> None:
    if not any(p.unit_id == row.addressee_id and p.role in ANSWERING for p in by.current_posts()):
        raise NotAllowed("escalation.addressee", "函件由收函单位签收、回复。")


ESCALATION = Workflow("escalation", "督办", (
    Transition(name="send", label="签发", sources=frozenset({S.DRAFTED}), target=S.SENT, roles=SENDERS,
               who=(watches_over_the_item,), primary=True),
    Transition(name="reword", label="修改函稿", sources=frozenset({S.DRAFTED}), target=None, roles=SENDERS,
               who=(watches_over_the_item,)),
    Transition(name="withhold", label="不予发出", sources=frozenset({S.DRAFTED}), target=S.LAPSED, roles=SENDERS,
               who=(watches_over_the_item,), note_required=True),
    Transition(name="receive", label="签收", sources=frozenset({S.SENT}), target=S.RECEIVED, roles=ANSWERING,
               who=(of_the_addressee,)),
    Transition(name="reply", label="回复", sources=frozenset({S.SENT, S.RECEIVED}), target=S.REPLIED, roles=ANSWERING,
               who=(of_the_addressee,), primary=True),
    Transition(name="decide", label="同意办理", sources=frozenset({S.PROPOSED}), target=S.AGREED, roles=LEADERS,
               who=(leads_the_region,), primary=True),
    Transition(name="decline", label="不同意", sources=frozenset({S.PROPOSED}), target=S.DECLINED, roles=LEADERS,
               who=(leads_the_region,), note_required=True),
    Transition(name="conclude", label="登记办理结果", sources=frozenset({S.AGREED}), target=S.CONCLUDED,
               roles=SENDERS | {Role.SECRETARY}, who=(watches_over_the_item,), primary=True),
), others={
    "take": "按督办阶梯生成", "lapse": "不再需要", "attach": "生成函件", "replace_file": "更换文件",
})  # fmt: skip
