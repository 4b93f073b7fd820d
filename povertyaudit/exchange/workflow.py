"""Webhooks: who may stop one, who may send a message again."""

from povertyaudit.core.models import Role
from povertyaudit.core.workflow import Transition, Workflow

SYSADMIN = frozenset({Role.SYSADMIN})

HOOK = Workflow(
    "hook",
    "变动推送",
    (Transition(name="end", label="停用", sources=frozenset({"on"}), target="ended", roles=SYSADMIN),),
    others={"open": "登记变动推送"},
)
HOOK_DELIVERY = Workflow(
    "hookdelivery",
    "推送记录",
    (
        Transition(
            name="resend", label="重新发送", sources=frozenset({"sent", "failed"}), target="queued", roles=SYSADMIN,
            primary=True,
        ),
    ),
)  # fmt: skip
