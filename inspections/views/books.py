"""What the lists of what rounds hand on have in common: their tabs lead to each other."""

from inspections.querysets import REGION_WIDE
from povertyaudit.core.models import Role
from povertyaudit.core.views import ListPage

SECTION = "handed"
INSIDE = (REGION_WIDE | {Role.PATROL_TEAM}) - {Role.SERVICE}
UNITS = frozenset({Role.LIAISON, Role.UNIT_HEAD})
ANSWERING = UNITS | {Role.SECTOR}
REVIEWING = ANSWERING | {Role.SUPERVISION}
BOOKS = (
    ("意见", "/opinions/", INSIDE | ANSWERING),
    ("立行立改", "/immediate-notices/", INSIDE | UNITS),
    ("反馈表", "/feedbacks/", INSIDE | UNITS),
    ("整改方案和报告", "/rectification-plans/", INSIDE | REVIEWING),
    ("轮次文书", "/round-papers/", INSIDE),
)


class Book(ListPage):
    """A list of what rounds hand on."""

    section = SECTION

    def all_tabs(self) -> list[tuple[str, str, bool, str]]:
        here = self.request.path
        books = [
            (label, url, url == here and self.current_view is None, "")
            for label, url, roles in BOOKS
            if roles & self.user.roles
        ]
        return [*books, *(tab for tab in super().all_tabs() if "view=" in tab[1])]
