"""Read a holiday notice from JSON or CSV. Every mistake in the file is named at once, with its row."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from povertyaudit.core.errors import RuleBroken, Several
from povertyaudit.core.models.calendar import DayKind

SIZE_LIMIT = 1024 * 1024  # bytes; a year has some forty rows
ROWS_LIMIT = 2000
YEARS = range(2004, 2101)
KINDS = {
    "holiday": DayKind.HOLIDAY, "放假": DayKind.HOLIDAY, "休": DayKind.HOLIDAY, "休息": DayKind.HOLIDAY,
    "workday": DayKind.WORKDAY, "上班": DayKind.WORKDAY, "班": DayKind.WORKDAY, "调休上班": DayKind.WORKDAY,
}  # fmt: skip
HEADS = {"日期": "day", "类别": "kind", "名称": "name", "来源": "source"}


@dataclass(frozen=True)
class Line:
    """One day of the notice."""

    day: date
    kind: DayKind
    name: str
    source: str


def read(data: bytes, *, source: str = "") -> list[Line]:
    """The days in the file; `source` stands for rows that name none.

    Raises Several with one sentence per mistake ("第 3 行：…"), so that the file is mended in one go.
    """
    if len(data) > SIZE_LIMIT:
        raise RuleBroken("calendar.too_big", "文件超过 1 MB，不像是一份放假安排，请核对。")
    errors: list[RuleBroken] = []
    lines: list[Line] = []
    first_at: dict[date, int] = {}
    for row, raw in _rows(_text(data)):
        line = _line(raw, row, source, errors)
        if line is None:
            continue
        if line.day in first_at:
            errors.append(_wrong(row, f"日期 {line.day} 与第 {first_at[line.day]} 行重复。"))
        first_at.setdefault(line.day, row)
        lines.append(line)
    if errors:
        raise Several(errors)
    if not lines:
        raise RuleBroken("calendar.empty", "文件里没有日期，请核对文件内容。")
    return lines


def _text(data: bytes) -> str:
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise RuleBroken("calendar.coding", "文件不是 UTF-8 或 GB18030 编码，请另存后重试。")


def _rows(text: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    """(row number as a person counts it, cells)."""
    found = _json_rows(text) if text.lstrip()[:1] in ("[", "{") else _csv_rows(text)
    if len(found) > ROWS_LIMIT:
        raise RuleBroken("calendar.too_many", f"文件超过 {ROWS_LIMIT} 行，不像是一份放假安排，请核对。")
    return found


def _json_rows(text: str) -> list[tuple[int, Mapping[str, Any]]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RuleBroken("calendar.json", "文件不是有效的 JSON，请核对文件内容。") from error
    days = data.get("days") if isinstance(data, dict) else data
    if not isinstance(days, list):
        raise RuleBroken("calendar.json", "JSON 应是日期的列表，或者含有列表 days。")
    return [(at, raw if isinstance(raw, dict) else {}) for at, raw in enumerate(days, 1)]


def _csv_rows(text: str) -> list[tuple[int, Mapping[str, Any]]]:
    rows = csv.reader(io.StringIO(text))
    try:
        head = [HEADS.get(cell.strip(), cell.strip()) for cell in next(rows, [])]
        missing = [name for name in ("day", "kind", "name") if name not in head]
        if missing:
            raise RuleBroken(
                "calendar.head", f"第 1 行应写明列名 day,kind,name,source，缺少 {'、'.join(missing)}。"
            )
        return [
            (rows.line_num, dict(zip(head, cells, strict=False)))
            for cells in rows
            if any(map(str.strip, cells))
        ]
    except csv.Error as error:
        raise RuleBroken("calendar.csv", "文件不是有效的 CSV，请核对文件内容。") from error


def _line(raw: Mapping[str, Any], row: int, source: str, errors: list[RuleBroken]) -> Line | None:
    cells = {name: str(raw.get(name) or "").strip() for name in ("day", "kind", "name", "source")}
    before = len(errors)
    day = _day(cells["day"], row, errors)
    kind = KINDS.get(cells["kind"].lower())
    if kind is None:
        errors.append(_wrong(row, f"类别“{cells['kind'][:20]}”应为 holiday（放假）或 workday（调休上班）。"))
    name, where = cells["name"], cells["source"] or source
    if not 0 < len(name) <= 40 or "\x00" in name:
        errors.append(_wrong(row, "名称应为 1 至 40 个字。"))
    if not 0 < len(where) <= 200 or "\x00" in where:
        errors.append(_wrong(row, "来源应写明依据的通知，1 至 200 个字。"))
    if len(errors) > before or day is None or kind is None:
        return None
    return Line(day, kind, name, where)


def _day(text: str, row: int, errors: list[RuleBroken]) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        errors.append(_wrong(row, f"日期“{text[:20]}”不是有效日期，应写成 2027-02-06 的样子。"))
        return None
    if day.year not in YEARS:
        errors.append(_wrong(row, f"日期 {day} 的年份不合情理。"))
        return None
    return day


def _wrong(row: int, sentence: str) -> RuleBroken:
    return RuleBroken("calendar.row", f"第 {row} 行：{sentence}")
