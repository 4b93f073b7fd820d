"""工作汇总: drafted by the clock, corrected and sent by the registry of the county, or the office it is of."""

from typing import Any

from cases.models import WorkSummary
from cases.models.summaries import TELLERS
from cases.workflow.who import holds
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

SENDERS = frozenset({Role.CASE_MANAGER})


def its_sender(row: WorkSummary, by: User) -> None:
    """The registry of the county; what an office tells the petition office, that office."""
    if row.unit_id is not None:
        if not holds(by, TELLERS, row.unit_id):
            raise NotAllowed("summary.office", "办结情况通报由通报部门修改和发出。")
    elif not any(
        post.role in SENDERS and post.region_id == row.region_id and post.area is None
        for post in by.current_posts()
    ):
        raise NotAllowed("summary.registry", "工作汇总由本县案管室修改和报送。")


def _of_office(row: WorkSummary) -> bool:
    return row.unit_id is not None


def _step(name: str, label: str, target: str | None, **more: Any) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset({WorkSummary.State.DRAFT}), target=target,
        roles=more.pop("roles", SENDERS | TELLERS), who=(its_sender,), **more,
    )  # fmt: skip


SUMMARY = Workflow(
    "summary",
    "工作汇总",
    (
        _step("send", "报送", WorkSummary.State.SENT, roles=SENDERS, when=lambda row: not _of_office(row), primary=True),
        _step("tell", "通报信访部门", WorkSummary.State.SENT, roles=TELLERS, when=_of_office, primary=True),
        _step("amend", "修改文字", None),
        _step("recount", "重新统计", None),
    ),
    others={"draft": "生成草稿", "attach": "存入公文"},
)  # fmt: skip
