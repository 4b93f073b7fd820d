"""Views that people of the demo county keep: a few of their own, two shared with the unit."""

from povertyaudit.core import saved_views
from povertyaudit.demo.people import Cast

# whose, of which list, name, conditions, shared with the unit
VIEWS = (
    ("casemgr", "leads", "信访件待分办", "state=registered&kind=complaint&ordering=due_on", True),
    ("casemgr", "leads", "上级交办", "channel=superior&columns=number,title,acting_unit.name,due_on,state", False),
    ("inspector1", "leads", "超期先办", "tab=overdue&ordering=due_on", False),
    ("patroloffice", "items", "巡察整改超期", "tab=overdue&source=finding&ordering=due_on", True),
    ("sector", "items", "待审核", "state=closure_applied&ordering=due_on", False),
)  # fmt: skip


def keep(cast: Cast) -> None:
    for user, list_key, name, query, shared in VIEWS:
        saved_views.create(by=getattr(cast, user), list_key=list_key, query=query, name=name, shared=shared)
