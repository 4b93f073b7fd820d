"""What may be done with a sheet of activities: looked through, then brought in or dropped."""

from povertyaudit.activities.models import ActivitySheetState as S
from povertyaudit.activities.querysets import KEEPERS
from povertyaudit.activities.workflow.activities import keeps
from povertyaudit.core.workflow import Transition, Workflow

ACTIVITY_SHEET = Workflow(
    "activitysheet",
    "活动导入表",
    (
        Transition(
            name="bring_in", label="导入", sources=frozenset({S.STAGED}), target=S.IMPORTING,
            instead=frozenset({S.IMPORTED}), roles=KEEPERS, who=(keeps,), primary=True,
        ),
        Transition(
            name="drop", label="放弃导入", sources=frozenset({S.STAGED}), target=S.DROPPED, roles=KEEPERS, who=(keeps,),
        ),
    ),
    others={"take_in": "上传导入表", "finished": "导入完成"},
)  # fmt: skip
