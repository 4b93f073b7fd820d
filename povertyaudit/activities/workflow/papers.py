"""What may be done with a commendation and with a plan or rule, by whom."""

from typing import Any

from povertyaudit.activities.models import CommendationState as C
from povertyaudit.activities.models import RegulationState as R
from povertyaudit.activities.querysets import KEEPERS
from povertyaudit.activities.workflow.activities import keeps
from povertyaudit.core.workflow import Transition, Workflow


def _step(name: str, label: str, sources: Any, target: str | None, **more: Any) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=KEEPERS, who=(keeps,), **more
    )


COMMENDATION = Workflow(
    "commendation",
    "表彰",
    (
        _step("edit", "修改", {C.STANDING}, None),
        _step("attach", "上传文件", {C.STANDING, C.REVOKED}, None),
        _step("revoke", "撤销表彰", {C.STANDING}, C.REVOKED, note_required=True),
    ),
    others={"record": "登记"},
)

REGULATION = Workflow(
    "regulation",
    "方案制度",
    (
        _step("edit", "修改", {R.STANDING}, None),
        _step("attach", "上传文件", {R.STANDING, R.REPEALED}, None),
        _step("review", "登记复审", {R.STANDING}, None, note_required=True),
        _step("repeal", "废止", {R.STANDING}, R.REPEALED, note_required=True),
        _step("void", "作废", {R.STANDING}, R.VOIDED, note_required=True),
    ),
    others={"record": "登记", "replaced": "被代替"},
)
