"""资金来源 of a project: which allocations it is paid from. The project is locked first, then its allocations by key."""

from collections.abc import Iterable, Mapping
from typing import Any

from funds.models import Allocation, FundingLine, Project
from povertyaudit.core import render, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Row, User

MOST = 20


def checked(wanted: Iterable[Mapping[str, Any]], total: int) -> dict[int, tuple[Allocation, int]]:
    """Allocation → sum, whole and adding up to `total` (分). Raises RuleBroken at `lines`."""
    found: dict[int, tuple[Allocation, int]] = {}
    for one in wanted:
        allocation, fen = one["allocation"], one["amount_fen"]
        if allocation.pk in found:
            text = f"文号“{allocation.paper_no}”列了两行，请合并成一行。"
            raise RuleBroken("lines.twice", text, field="lines")
        if not fen:
            raise RuleBroken("lines.sum", "每个资金来源的金额应大于 0。", field="lines")
        found[allocation.pk] = (allocation, fen)
    if len(found) > MOST:
        raise RuleBroken("lines.most", f"一个项目最多 {MOST} 个资金来源。", field="lines")
    given = sum(fen for _, fen in found.values())
    if given != total:
        text = f"资金来源合计 {render.yuan(given)} 元，批复金额 {render.yuan(total)} 元，两者应当相等。"
        raise RuleBroken("lines.total", text, field="lines")
    return found


def lay(
    project: Project, wanted: dict[int, tuple[Allocation, int]], *, by: User
) -> tuple[list[Row], list[Row]]:
    """The lines of a locked project made to be those wanted: `(saved, removed)` for its write. Moves the sums of the
    allocations. Raises RuleBroken where an allocation has not so much left or a line has paid more already."""
    standing = {line.allocation_id: line for line in project.lines.select_related("allocation")}
    saved: list[Row] = []
    removed: list[Row] = []
    for pk in sorted({*standing, *wanted}):
        line, fen = standing.get(pk), wanted[pk][1] if pk in wanted else 0
        before = line.amount_fen if line else 0
        if line is not None and fen < line.paid_fen:
            text = f"{line} 已拨付 {render.yuan(line.paid_fen)} 元，安排的金额不能少于这个数。"
            raise RuleBroken("lines.paid", text, field="lines")
        if fen == before:
            continue
        allocation = wanted[pk][0] if pk in wanted else line.allocation  # type: ignore[union-attr]
        _assign(allocation, project, fen - before, by=by)
        if line is not None and not fen:
            removed.append(line)
            continue
        line = line or FundingLine(project=project, allocation=allocation)
        line.amount_fen = fen
        saved.append(line)
    return saved, removed


def _assign(allocation: Allocation, project: Project, fen: int, *, by: User) -> None:
    """Give `fen` (分) more of the allocation to the project, or take it back where negative."""
    row = rows.lock(allocation)
    if row.state != Allocation.State.OPEN:
        raise RuleBroken("lines.revoked", f"文号“{row.paper_no}”已作废，请另选资金来源。", field="lines")
    if row.region_id != project.region.county_code():
        raise RuleBroken(
            "lines.county", f"文号“{row.paper_no}”是其他县的资金，请另选资金来源。", field="lines"
        )
    if fen > row.left_fen:
        text = f"文号“{row.paper_no}”只剩 {render.yuan(row.left_fen)} 元没有安排，请核对金额。"
        raise RuleBroken("lines.left", text, field="lines")
    changes = {"assigned_fen": row.assigned_fen + fen}
    facts = {"project": project.number, "fen": fen}
    rows.write(row, verb="allocation.assign", by=by, changes=changes, facts=facts)
