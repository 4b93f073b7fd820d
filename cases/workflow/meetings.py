"""联席会议 and what it decides: who may do what."""

from cases.models import Meeting, Resolution
from cases.roles import HANDLERS
from cases.workflow.batches import KEEPERS, of_this_county
from cases.workflow.who import holds
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

OPEN = frozenset({Meeting.State.OPEN})
# Posts that report what their unit did.
OWNERS = HANDLERS | {Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR, Role.FINANCE, Role.PETITION, Role.ADJUDICATION,
                     Role.PATROL_OFFICE}  # fmt: skip


def owner_or_registry(row: Resolution, by: User) -> None:
    """Somebody of the responsible unit, or the registry on its word."""
    if holds(by, OWNERS, row.unit_id):
        return
    if not by.roles & KEEPERS:
        raise NotAllowed("resolution.not_your_unit", "落实情况由责任单位报告，或者由案管室登记。")
    of_this_county(row, by)


MEETING = Workflow(
    "meeting",
    "联席会议",
    (
        Transition(
            name="add_resolution", label="增加议定事项", sources=OPEN, target=None, roles=KEEPERS, who=(of_this_county,),
        ),
        Transition(
            name="close", label="确认全部落实", sources=OPEN, target=Meeting.State.CLOSED, roles=KEEPERS,
            who=(of_this_county,), primary=True,
        ),
        Transition(name="attach", label="上传纪要", sources=OPEN, target=None, roles=KEEPERS, who=(of_this_county,)),
    ),
    others={"record": "登记会议", "replace_file": "更换材料"},
)  # fmt: skip

RESOLUTION = Workflow(
    "resolution",
    "会议议定事项",
    (
        Transition(
            name="finish", label="报告落实情况", sources=frozenset({Resolution.State.OPEN}), target=Resolution.State.DONE,
            roles=OWNERS | KEEPERS, who=(owner_or_registry,), primary=True,
        ),
        Transition(
            name="reopen", label="退回继续落实", sources=frozenset({Resolution.State.DONE}), target=Resolution.State.OPEN,
            roles=KEEPERS, who=(of_this_county,), note_required=True, when=lambda row: row.meeting.state == "open",
        ),
    ),
    others={"decide": "议定", "hand_over": "工作移交", "not_handed_over": "未移交（接任人应当回避）"},
)  # fmt: skip
