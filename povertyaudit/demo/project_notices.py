"""公示公告 of the demo projects: most whole, some late, missing or cut short; a few objections, one of each standing."""

from datetime import timedelta
from typing import Any

from funds.models import NoticeLevel, NoticeStage, Project, ProjectNotice, ProjectObjection
from funds.services import notice_rules, notices
from povertyaudit.core import moment
from povertyaudit.core.models import User
from povertyaudit.demo import papers

PLACES = {
    NoticeLevel.COUNTY: "县人民政府网站扶贫资金专栏",
    NoticeLevel.TOWNSHIP: "乡镇政务公开栏",
    NoticeLevel.VILLAGE: "村部公示栏",
}
SIGN = "施工现场公示牌"
EVERY, LAST_TWO = tuple(NoticeLevel), (NoticeLevel.TOWNSHIP, NoticeLevel.VILLAGE)


def hang(row: Project, clerk: User, stage: str, since: Any, levels: Any, *, days: int | None, photo: int = 0) -> Project:  # fmt: skip
    """Notices of one time at these levels, down after so many days; None: still up."""
    for number, level in enumerate(levels):
        up = since + timedelta(days=2 + number)
        down = up + timedelta(days=days) if days else None
        file = papers.photo("公示栏", photo, after=True) if photo and level == NoticeLevel.VILLAGE else None
        place = SIGN if stage == NoticeStage.START else PLACES[level]
        row = notices.post_notice(
            row, by=clerk, stage=stage, level=level, place=place, up_on=up, down_on=down, file=file
        )
    return row


def approval(row: Project, clerk: User, turn: int) -> Project:
    """Some days after the approval: some units forget the village, some take it down too early."""
    levels = EVERY if turn % 10 else EVERY[:2]
    return hang(row, clerk, NoticeStage.APPROVAL, row.approved_on, levels, days=12 if turn % 7 else 6)


def whole(row: Project, clerk: User, turn: int) -> Project:
    """Before the acceptance: what is still lacking of the three times, what was cut short once more."""
    lacking = [cell.level for cell in notice_rules.cells(row)[:3] if not cell.full]
    row = hang(row, clerk, NoticeStage.APPROVAL, moment.today() - timedelta(days=20), lacking, days=12)
    row = hang(
        row, clerk, NoticeStage.START, row.started_on, EVERY[2:], days=90, photo=turn if turn % 4 == 0 else 0
    )
    return hang(row, clerk, NoticeStage.COMPLETION, row.completed_on, LAST_TWO, days=13)


def still_up(row: Project, clerk: User) -> Project:
    """A project approved of late: its notices hang, the village's is still missing."""
    return hang(row, clerk, NoticeStage.APPROVAL, row.approved_on, EVERY[:2], days=None)


def objected(row: Project, clerk: User, head: User, standing: str) -> Project:
    """An objection to the last notice, as far as `standing`: asked, answered, published."""
    notice = ProjectNotice.objects.filter(project=row).order_by("pk").last()
    named = standing != "answered"
    row = notices.record_objection(
        row, by=clerk, notice=notice, objector="陶有田" if named else "",  # type: ignore[arg-type]
        text="公示的受益户数比实际多，有两户没有受益。", received_on=moment.today() - timedelta(days=1),
    )  # fmt: skip
    if standing == "asked":
        return row
    objection: Any = ProjectObjection.objects.filter(notice__project=row).get()
    row = notices.answer_objection(
        row, by=head, objection=objection, finding="partly", told="face" if named else "",
        answer="经入户核实，一户已搬迁，户数已更正并重新公示。",
    )  # fmt: skip
    if standing == "published":
        row = notices.publish_objection(row, by=head, objection=objection, result_place="村部公示栏")
    return row
