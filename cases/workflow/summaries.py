"""工作汇总: drafted by the clock, corrected and sent by the registry of the county."""

from cases.models import WorkSummary
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

SENDERS = frozenset({Role.CASE_MANAGER})


def own_county(row: WorkSummary, by: User) -> None:
    if not any(
        post.role in SENDERS and post.region_id == row.region_id and post.area is None
        for post in by.current_posts()
    ):
        raise NotAllowed("summary.registry", "工作汇总由本县案管室修改和报送。")


def _step(name: str, label: str, target: str | None, *, primary: bool = False) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset({WorkSummary.State.DRAFT}), target=target, roles=SENDERS,
        who=(own_county,), primary=primary,
    )  # fmt: skip


SUMMARY = Workflow(
    "summary",
    "工作汇总",
    (
        _step("send", "报送", WorkSummary.State.SENT, primary=True),
        _step("amend", "修改文字", None),
        _step("recount", "重新统计", None),
    ),
    others={"draft": "生成草稿", "attach": "存入公文"},
)
