"""What may be done with a finding."""

from povertyaudit.core.workflow import Workflow

FINDING = Workflow(
    "finding",
    "发现问题",
    (),
    others={"record_finding": "登记发现问题", "number": "保密轮次结束后编号", "hand_on": "转为整改事项"},
)
