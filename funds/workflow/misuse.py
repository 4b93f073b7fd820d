"""What may be done with a misuse, by whom, and when. The 财政 fund desk keeps the money's register."""

from typing import Any

from funds.models import Misuse, ReliefState
from funds.workflow.who import DESK, LEADERS, LOOKS_BACK
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import User
from povertyaudit.core.workflow import Transition, Workflow

OPEN = frozenset({Misuse.State.OPEN})
ANY = frozenset({Misuse.State.OPEN, Misuse.State.SETTLED})
NO_SHEET = "没有等待登记的发放表，或者正在后台登记，请刷新页面查看。"


def something_came_back(misuse: Any) -> bool:
    return bool(misuse.recovered_fen)


def pending_relief(misuse: Any) -> Any:
    """The request that waits for a decision."""
    return misuse.reliefs.filter(state=ReliefState.PENDING).select_related("asked_by").first()


def _asker(misuse: Any) -> int | None:
    """The person who asked for what waits; lists bring it along."""
    if hasattr(misuse, "relief_asker"):
        return misuse.relief_asker  # type: ignore[no-any-return]
    asked = pending_relief(misuse)
    return asked.asked_by.person_id if asked else None


def is_asked(misuse: Any) -> bool:
    return _asker(misuse) is not None


def nothing_asked(misuse: Any) -> bool:
    return _asker(misuse) is None


def was_returned(misuse: Any) -> bool:
    if hasattr(misuse, "has_returns"):
        return bool(misuse.has_returns)
    return bool(misuse.recoveries.returned().exists())


def waiting_sheet(misuse: Any) -> Any:
    """The table of households that was looked through and waits."""
    return misuse.return_sheets.waiting().first()


def _sheet_state(misuse: Any) -> str | None:
    if hasattr(misuse, "sheet_state"):
        return misuse.sheet_state  # type: ignore[no-any-return]
    sheet = waiting_sheet(misuse)
    return sheet.state if sheet else None


def sheet_waits(misuse: Any) -> bool:
    return _sheet_state(misuse) == "staged"


def no_sheet(misuse: Any) -> bool:
    return _sheet_state(misuse) is None


def not_the_asker(misuse: Any, by: User) -> None:
    if _asker(misuse) == by.person_id:
        raise NotAllowed("decide_relief.same_person", "核销核减不能由申请人自己批准，请由另一位领导审批。")


MISUSE = Workflow(
    "misuse",
    "违规使用资金",
    (
        Transition(
            name="record_recovery", label="登记追缴", sources=OPEN, target=None, roles=DESK, primary=True,
        ),
        Transition(name="record_returns", label="登记退还群众", sources=OPEN, target=None, roles=DESK),
        Transition(
            name="stage_returns", label="上传发放表", sources=OPEN, target=None, roles=DESK, when=no_sheet,
            unless="该问题已有一张发放表等待登记，请先登记或者放弃。",
        ),
        Transition(
            name="book_returns", label="登记发放表", sources=OPEN, target=None, roles=DESK, when=sheet_waits,
            unless=NO_SHEET, primary=True,
        ),
        Transition(
            name="drop_returns", label="放弃发放表", sources=ANY, target=None, roles=DESK, when=sheet_waits,
            unless=NO_SHEET,
        ),
        Transition(
            name="void_recovery", label="冲正一笔追缴", sources=ANY, target=None, roles=DESK,
            when=something_came_back, note_required=True,
        ),
        Transition(
            name="raise_owed", label="调增应追缴", sources=ANY, target=None, roles=DESK, note_required=True,
        ),
        Transition(
            name="request_relief", label="申请核销核减", sources=OPEN, target=None, roles=DESK, when=nothing_asked,
            unless="该问题已有一个核销核减申请等待审批。",
        ),
        Transition(
            name="decide_relief", label="审批核销核减", sources=ANY, target=None, roles=LEADERS, who=(not_the_asker,),
            when=is_asked, unless="没有等待审批的核销核减申请。",
        ),
        Transition(
            name="confirm_return", label="回访确认退还", sources=ANY, target=None, roles=LOOKS_BACK, when=was_returned,
            unless="还没有退还群众的款项。",
        ),
    ),
    others={
        "register_misuse": "登记违规使用资金", "void": "作废（撤销表格导入）", "returns_booked": "发放表登记完成", "returns_refused": "发放表未能登记",
    },
)  # fmt: skip
