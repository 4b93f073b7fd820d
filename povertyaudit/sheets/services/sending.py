"""导出工作表: rows in scope under the conditions of their list, in a locked workbook; the record keeps who took how many."""

from typing import Any

from povertyaudit.core import audit
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.sheets import working
from povertyaudit.sheets.kinds import Kind

PASSED_BY = ("ordering", "tab", "columns", "format", "cursor", "view", "pick")


def sent(kind: Kind, asked: Any, request: Any, *, by: User) -> bytes:
    """The workbook. Raises RuleBroken where the conditions cannot be read, or the rows are none or too many."""
    rows = kind.fetched(kind.model._default_manager.all()).visible_to(by)
    filters = kind.filters(asked, queryset=rows, request=request)
    if not filters.is_valid():
        raise RuleBroken("working.filters", "筛选条件读不出来，请回到列表重新筛选。")
    found = list(filters.qs.order_by("-pk")[: working.MOST + 1])
    made = working.write(kind, found, by)
    facts = {"list": kind.code, "rows": len(found), "filtered": sorted(set(asked) - set(PASSED_BY))}
    audit.record("export.working_sheet", by, by=by, facts=facts)
    return made
