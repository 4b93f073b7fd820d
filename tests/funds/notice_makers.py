"""Public notices put up through the verbs."""

from datetime import timedelta

from funds.models import NoticeLevel, NoticeStage
from funds.models.project_notices import EVENTS
from funds.services import notice_rules, notices

PLACE = "村部公示栏"


def posted(people, row, stage="approval", level="village", **more):
    """By the official of the unit; the notice itself."""
    said = {"place": PLACE, **more}
    row = notices.post_notice(row, by=people.official, stage=stage, level=level, **said)
    return row.notices.order_by("pk").last()


def owed(people, row, wait=0):
    """Everything that is owed, each on the day of its event plus `wait`."""
    for cell in notice_rules.cells(row):
        if cell.due is not None:
            up = getattr(row, EVENTS[cell.stage]) + timedelta(days=wait)
            posted(people, row, cell.stage, cell.level, up_on=up)
    row.refresh_from_db()
    return row


CELLS = [(stage, level) for stage in NoticeStage.values for level in NoticeLevel.values]
