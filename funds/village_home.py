"""What the monthly sheets of villages hand to the rail, the home page and the search."""

from typing import Any

from funds.models import VillageSheet
from funds.project_querysets import OWNERS, REGION_WIDE
from funds.village_querysets import HEADS, checks, fills_in
from funds.workflow.village import VILLAGE_SHEET, WATCH
from povertyaudit.core import moment
from povertyaudit.core.home import Entry, RailEntry, Section, counted, first
from povertyaudit.core.looking import Kind
from povertyaudit.core.models import Role

READERS = (REGION_WIDE | OWNERS) - {Role.SERVICE}
RAIL = RailEntry(
    "village_sheets", "村务公开", "/village-sheets/", READERS, count=lambda user: counted(_mine(user)),
)  # fmt: skip


def _mine(user: Any) -> Any:
    """What waits for him; for who supervises what is missed."""
    rows = VillageSheet.objects.visible_to(user)
    if user.roles & WATCH:
        return rows.missed(moment.today())
    return rows.waiting_for(user, moment.today())


def waiting(user: Any) -> Section | None:
    """待我办理的村务公开清单: those that are over and not handed in, sent back, or to be checked."""
    if not user.roles & (OWNERS | HEADS) or not any(
        fills_in(post) or checks(post) for post in user.current_posts()
    ):
        return None
    if not user.roles & WATCH and not RAIL.number(user):
        return None
    rows = VillageSheet.objects.visible_to(user).waiting_for(user, moment.today())
    found = first(rows.for_list(), "due_on")
    if not found:
        return None
    entries = [Entry.of(row, what=_next(row, user), clock=row.light) for row in found]
    return Section("待我办理的村务公开清单", "/village-sheets/?tab=mine", entries, counted(rows, found))


def _next(row: VillageSheet, user: Any) -> str:
    step = next((step for step in VILLAGE_SHEET.offered(row, user) if step.primary), None)
    return step.label if step else "查看"


def missed(user: Any) -> Section | None:
    """逾期未报 for 监督检查室."""
    if not user.roles & WATCH or not RAIL.number(user):
        return None
    rows = VillageSheet.objects.visible_to(user).missed(moment.today())
    entries = [Entry.of(row, clock=row.light) for row in first(rows.for_list(), "due_on")]
    if not entries:
        return None
    return Section(
        "逾期未报的村务公开清单", "/village-sheets/?tab=missed", entries, counted(rows, entries), urgent=True
    )


FOUND = Kind(VillageSheet, ("number",), joins=("region",))
