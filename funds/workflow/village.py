"""What may be done with the monthly sheet of a village and with what a township adds, by whom, and when."""

from typing import Any

from funds.models.village_money import LocalDuty
from funds.models.village_money import SheetState as S
from funds.project_querysets import OWNERS
from funds.village_querysets import HEADS, checks, fills_in
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, UnitKind, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow

WATCH = frozenset({Role.SUPERVISION})


def answers_for(row: Any, by: User) -> None:
    """The village or the township it lies in."""
    if not any(fills_in(post) and _over(post, row) for post in by.current_posts()):
        raise NotAllowed("village.fill", "由该村或者所在乡镇填报。")


def checks_it(row: Any, by: User) -> None:
    """The head of the township or its discipline committee, and nobody who filled it in or handed it in."""
    if not any(checks(post) and _over(post, row) for post in by.current_posts()):
        raise NotAllowed("village.check", "由乡镇主要负责人或者乡镇纪委核对。")
    signed = [user for user in (row.filled_by, row.submitted_by) if user is not None]
    if any(user.person_id == by.person_id for user in signed):
        raise NotAllowed("village.same_person", "填报、上报的人不能核对，请由另一人办理。")


def sends_back(row: Any, by: User) -> None:
    """What waits: who would check it; what was checked: 监督检查室 that looked at it again."""
    if row.state == S.SUBMITTED:
        checks_it(row, by)
    elif not any(post.role in WATCH and _over(post, row) for post in by.current_posts()):
        raise NotAllowed("village.watch", "已核对的由监督检查室抽查退回。")


def adds_here(row: Any, by: User) -> None:
    """The township whose villages it is asked of."""
    posts = (post for post in by.current_posts() if fills_in(post) and post.unit.kind == UnitKind.TOWNSHIP)
    if not any(_over(post, row) for post in posts):
        raise NotAllowed("local_duty.township", "自选公开事项由乡镇增加、停用。")


def _over(post: Any, row: Any) -> bool:
    return bool(row.region_id.startswith(prefix_of(post.region_id)))


def _step(name: str, label: str, sources: set[Any], target: Any, roles: Any, **more: Any) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


TO_FILL = {S.OPEN, S.RETURNED}
VILLAGE_SHEET = Workflow(
    "villagesheet",
    "村务公开清单",
    (
        _step("fill", "填报", TO_FILL, None, OWNERS, who=(answers_for,), primary=True),
        _step("attach", "上传照片", TO_FILL, None, OWNERS, who=(answers_for,)),
        _step("submit", "上报", TO_FILL, S.SUBMITTED, OWNERS, who=(answers_for,), primary=True),
        _step("check", "核对", {S.SUBMITTED}, S.CHECKED, HEADS, who=(checks_it,), primary=True),
        _step(
            "send_back", "退回补正", {S.SUBMITTED, S.CHECKED}, S.RETURNED, HEADS | WATCH, who=(sends_back,),
            note_required=True,
        ),
    ),
    others={
        "open": "按月生成", "load": "成批录入", "follow_unit": "随单位并入变更乡镇", "calendar": "随放假安排调整时限",
        "replace_file": "替换文件",
    },
)  # fmt: skip
LOCAL_DUTY = Workflow(
    "localduty",
    "自选公开事项",
    (_step("end", "停用", {LocalDuty.State.STANDING}, LocalDuty.State.ENDED, OWNERS, who=(adds_here,)),),
    others={"add": "增加"},
)
