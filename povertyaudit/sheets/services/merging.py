"""A returned cell against what it said when it went out and what is registered now: applied, unchanged, or a conflict."""

from collections.abc import Mapping
from typing import Any

from povertyaudit.core import audit, render
from povertyaudit.sheets import cells
from povertyaudit.sheets.lines import Line, Reading
from povertyaudit.sheets.sameness import same

SHEET, NOW = "sheet", "now"


def merged(
    reading: Reading, line: Line, row: Any, differs: Mapping[str, Any], decided: Mapping[str, str], found: Any
) -> dict[str, Any]:
    """What of `differs` is to be written. A cell that both sides changed is a conflict, which goes to `found` with both
    values, who and when — unless it was decided."""
    kind, columns = reading.kind, {column.name: column for column in reading.columns}
    wanted = {}
    for name, value in differs.items():
        now = kind.now(row, name)
        if same(now, line.was.get(name)) or decided.get(name) == SHEET:
            wanted[name] = value
        elif decided.get(name) != NOW:
            field = columns[name].field
            ours, theirs = (str(cells.shown(field, one) or "（空）") for one in (value, now))
            who, when = last_change(row, name)
            found.conflicts[name] = [ours, theirs, who, when]
            text = f"与现在登记的不一致：表格里是“{ours[:60]}”，{who}于 {when} 改为“{theirs[:60]}”。请选择用哪一个。"
            found.problems.append((reading.at.get(name), text))
    return wanted


def last_change(row: Any, name: str) -> tuple[str, str]:
    """Who last changed a column of the row, and when."""
    dossier = row.dossier
    for entry in audit.history(dossier):
        if name in entry.changes or any(one.field == name for one in entry.values.all()):
            return entry.actor_name, render.moment(entry.at)
    return "他人", render.moment(row.updated_at)
