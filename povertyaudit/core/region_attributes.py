"""载入地区属性: which regions were 贫困村, 深度贫困村, 极贫乡镇 in which year. Rows are added; what is there stays."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from povertyaudit.core import audit, moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, Several
from povertyaudit.core.list_file import Heads, rows
from povertyaudit.core.models import Region, RegionAttribute, RegionLoad, RegionMark, Role, User
from povertyaudit.core.models.region_history import LoadKind
from povertyaudit.core.region_file import full_code

HEADS = Heads(
    {
        "code": ("region", "regioncode", "代码", "区划代码", "地区代码"),
        "year": ("年度", "年份", "年"),
        "kind": ("mark", "attribute", "属性", "类别", "地区属性"),
    },
    bare=("code", "year", "kind"),
)
BATCH = 5000
MOST_REFUSALS = 1000
FIRST_YEAR, LAST_YEAR = 1949, 2100


@dataclass
class Report:
    """What a load did: lines read, attributes added, those that stood already, and the refused lines."""

    lines: int = 0
    added: int = 0
    refusals: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        there = self.lines - self.added - len(self.refusals)
        return f"共 {self.lines} 行：新增 {self.added}，已有 {there}，没有载入的行 {len(self.refusals)}。"


@transaction.atomic
def load(path: Path, *, by: User | None, accept_good: bool = False, dry_run: bool = False) -> Report:
    """Add the attributes of a file (region code, year, kind as code or name); one record entry with counts.

    Raises NotAllowed unless `by` is 系统管理员 or the command line (None); Several with every refused line.
    """
    if by is not None and Role.SYSADMIN not in by.roles:
        raise NotAllowed("region.role", "地区属性由系统管理员载入。")
    report, before = Report(), RegionAttribute.objects.count()
    marks_of = cache(_marks_in)
    for batch in _batches(rows(path, HEADS)):
        report.lines += len(batch)
        known = Region.objects.in_bulk([full_code(cells.get("code", "")) for _, cells in batch])
        good = []
        for place, cells in batch:
            found, wrong = _read(cells, known, marks_of)
            good += [found] if found else []
            report.refusals += [f"第 {place} 行：{wrong}"] if wrong else []
        RegionAttribute.objects.bulk_create(good, ignore_conflicts=True)
        if len(report.refusals) > MOST_REFUSALS:
            break
    if report.refusals and not accept_good:
        raise Several([RuleBroken("attribute.line", text) for text in report.refusals[:MOST_REFUSALS]])
    if not report.lines:
        raise RuleBroken("attribute.empty", "文件里没有内容，请核对列名（code,year,kind）。")
    report.added = RegionAttribute.objects.count() - before
    _record(path, by, report)
    transaction.set_rollback(dry_run)
    return report


def _batches(lines: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(lines, BATCH)):
        yield batch


def _marks_in(year: int) -> dict[str, RegionMark]:
    """The marks in force at the end of the year, by code and by name."""
    marks = RegionMark.objects.on(date(year, 12, 31))
    return {word: mark for mark in marks for word in (mark.code, mark.name)}


def _read(
    cells: dict[str, str], known: dict[str, Region], marks_of: Any
) -> tuple[RegionAttribute | None, str]:
    """The attribute of a line, or the sentence that says what is wrong with it."""
    code, year, kind = (cells.get(name, "").strip() for name in HEADS.bare)
    if full_code(code) not in known:
        return None, f"系统中没有地区“{code[:20]}”，请核对区划代码。"
    if not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year[:6]) <= LAST_YEAR):
        return None, f"年度“{year[:10]}”应为 {FIRST_YEAR} 至 {LAST_YEAR} 之间的四位数字。"
    mark = marks_of(int(year)).get(kind)
    if mark is None:
        listed = "、".join(sorted({one.name for one in marks_of(int(year)).values()}))
        return None, f"{year} 年没有地区属性“{kind[:20]}”，可用的有：{listed}。"
    return RegionAttribute(region_id=full_code(code), year=int(year), mark=mark), ""


def _record(path: Path, by: User | None, report: Report) -> None:
    counts = {"lines": report.lines, "added": report.added, "refused": len(report.refusals)}
    with path.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    done = RegionLoad.objects.create(
        kind=LoadKind.ATTRIBUTES, by=by, as_of=moment.today(), file_name=path.name[:200], file_sha256=digest,
        counts=counts,
    )  # fmt: skip
    audit.record(
        "region.load_attributes", done, by=by, facts={**counts, "file": done.file_name, "sha256": digest}
    )
