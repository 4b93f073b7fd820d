"""What may be done with a list of village teams."""

from povertyaudit.answering.models import TeamListState
from povertyaudit.answering.querysets import IMPORTERS
from povertyaudit.core.workflow import Transition, Workflow

STAGED = frozenset({TeamListState.STAGED})
TEAM_LIST = Workflow(
    "teamlist",
    "驻村任期名单",
    (
        Transition(
            name="bring_in", label="导入", sources=STAGED, target=TeamListState.IMPORTED, roles=IMPORTERS, primary=True,
        ),
        Transition(name="drop", label="放弃导入", sources=STAGED, target=TeamListState.DROPPED, roles=IMPORTERS),
    ),
    others={"take_in": "上传核对"},
)  # fmt: skip
__all__ = ["IMPORTERS", "TEAM_LIST"]
