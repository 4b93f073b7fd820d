"""报表: drafted by the clock, checked by one person, signed by another; then locked."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import User
from povertyaudit.core.workflow import Transition, Workflow
from povertyaudit.reporting.models import Report, ReportState
from povertyaudit.reporting.querysets import CHECKERS, LEADERS

DRAFT, CHECKED = frozenset({ReportState.DRAFT}), frozenset({ReportState.CHECKED})


def of_the_county(row: Report, by: User) -> None:
    """Whose own county it is; a post of one area of it decides nothing."""
    posts = [post for post in by.current_posts() if post.role in CHECKERS | LEADERS and post.area_id is None]
    if all(post.region_id != row.region_id for post in posts):
        raise NotAllowed("report.county", "报表由本县的案管室、巡察办和领导办理。")


def another_person(row: Report, by: User) -> None:
    if row.checked_by is not None and row.checked_by.person_id == by.person_id:
        raise NotAllowed("report.same_person", "报表由一人核对、另一人签发，您已经核对过。")


def _step(name: str, label: str, sources: frozenset[str], target: str | None, **more: Any) -> Transition:
    who = (of_the_county, *more.pop("who", ()))
    return Transition(
        name=name,
        label=label,
        sources=sources,
        target=target,
        roles=more.pop("roles", CHECKERS),
        who=who,
        **more,
    )


REPORT = Workflow(
    "report",
    "报表",
    (
        _step("check", "核对", DRAFT, ReportState.CHECKED, primary=True),
        _step(
            "sign", "签发", CHECKED, ReportState.SIGNED, roles=LEADERS, who=(another_person,), primary=True
        ),
        _step("amend", "修改文字", DRAFT, None),
        _step("recount", "重新统计", DRAFT, None),
        _step("set_lines", "调整指标", DRAFT, None),
        _step("send_back", "退回", CHECKED, ReportState.DRAFT, roles=CHECKERS | LEADERS, note_required=True),
    ),
    others={"draft": "生成草稿", "attach": "存入公文"},
)
