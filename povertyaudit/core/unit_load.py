"""载入单位: the IT officer's first load, on the server. Units are added; those that are there stay as they are."""

import hashlib
import os.path
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from povertyaudit.core import audit, cleaning, unit_rules
from povertyaudit.core.errors import DomainError, RuleBroken, Several
from povertyaudit.core.list_file import Heads, rows
from povertyaudit.core.models import Level, Region, Unit, UnitKind
from povertyaudit.core.region_file import full_code
from povertyaudit.core.scope import prefix_of, region_under

HEADS = Heads(
    {
        "name": ("unit", "unitname", "单位名称", "单位", "名称"),
        "kind": ("类别", "单位类别"),
        "region": ("regioncode", "code", "区划代码", "地区代码", "所属地区"),
        "parent": ("上级单位", "上级"),
        "office_code": ("officecode", "编号代字", "代字"),
        "starts_on": ("startson", "成立日期"),
    },
    bare=("name", "kind", "region", "parent", "office_code", "starts_on"),
)
NEEDED = {"name": "单位名称", "kind": "类别", "region": "区划代码"}
KINDS = {word: kind for kind in UnitKind for word in (kind.value, str(kind.label))}
BATCH = 1000
MOST_REFUSALS = 1000
# How the office of a region is called: the first ending that fits the region's name, and what stands for it.
OFFICES: dict[UnitKind, tuple[tuple[str, str], ...]] = {
    UnitKind.TOWNSHIP: (
        ("街道办事处", "街道办事处"), ("人民政府", "人民政府"), ("街道", "街道办事处"), ("镇", "镇人民政府"),
        ("乡", "乡人民政府"), ("苏木", "苏木人民政府"),
    ),
    UnitKind.VILLAGE: (
        ("村民委员会", "村民委员会"), ("居民委员会", "居民委员会"), ("村委会", "村民委员会"), ("居委会", "居民委员会"),
        ("社区", "社区居民委员会"), ("村", "村村民委员会"),
    ),
}  # fmt: skip
OFFICE_LEVELS = {UnitKind.TOWNSHIP: Level.TOWNSHIP, UnitKind.VILLAGE: Level.VILLAGE}


@dataclass
class Report:
    """What a load did: lines read, units added from them and after regions, and regions whose office has no usual name."""

    lines: int = 0
    unchanged: int = 0
    added: int = 0
    from_regions: int = 0
    unnamed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"文件共 {self.lines} 行：新增 {self.added}，已有 {self.unchanged}。按地区新增 {self.from_regions}。"


@transaction.atomic
def load(path: Path | None, *, from_regions: bool = False, dry_run: bool = False) -> Report:
    """Add the units of a file, then with `from_regions` the offices of townships and villages that are missing.

    One record entry with counts, by the system. Raises Several with every refused line; then nothing is loaded.
    """
    report, touched = Report(), set[str]()
    if path is not None:
        touched |= _load_file(path, report)
    if from_regions:
        touched |= _load_offices(report)
    _record(path, touched, report)
    transaction.set_rollback(dry_run)
    return report


def _load_file(path: Path, report: Report) -> set[str]:
    """Returns the counties of the lines."""
    lines = list(rows(path, HEADS))
    if not lines:
        raise RuleBroken("unit.empty", "文件里没有内容，请核对列名（单位名称,类别,区划代码）。")
    if absent := [word for name, word in NEEDED.items() if not any(name in cells for _, cells in lines)]:
        raise RuleBroken("unit.columns", f"文件里没有“{'”“'.join(absent)}”列，请核对列名后再载入。")
    codes = {full_code(cells.get("region", "")) for _, cells in lines} - {""}
    desk = _Desk(
        Region.objects.in_bulk(codes), unit_rules.bearers({c for code in codes for c in _chain(code)})
    )
    for place, cells in lines:
        desk.take(place, cells)
    if desk.refusals:
        raise Several([RuleBroken("unit.line", text) for text in desk.refusals[:MOST_REFUSALS]])
    _insert(desk.made)
    report.lines, report.added = len(lines), len(desk.made)
    report.unchanged = report.lines - report.added
    return {region.county_code() for region in desk.regions.values()}


def _chain(code: str) -> Iterator[str]:
    """The region and those it lies in, nearest first."""
    yield code
    size = len(prefix_of(code))
    yield from (code[:above].ljust(12, "0") for above in (9, 6, 4, 2) if above < size)


@dataclass
class _Desk:
    """Reads line after line; `borne` says who bears a name, the units of earlier lines among them."""

    regions: dict[str, Region]
    borne: dict[tuple[str, str], Unit]
    made: list[Unit] = field(default_factory=list)
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)

    def take(self, place: int, cells: dict[str, str]) -> None:
        """Make the unit of a line, note what is wrong with it, or pass over one that is there."""
        try:
            unit = self._read(cells)
            key = (unit.region_id, unit.name)
            if key in self.places:
                raise RuleBroken("unit.twice", f"“{unit.name}”与第 {self.places[key]} 行重复，请删去一行。")
            self.places[key] = place
            there = self.borne.get(key)
            if there is not None and there.name == unit.name:
                return
            if wrong := [
                *self._hang(unit, cells.get("parent", "").strip()),
                *unit_rules.faults(unit, self.borne),
            ]:
                raise Several(wrong)
        except Several as several:
            self.refusals += [f"第 {place} 行：{one}" for one in several.errors]
        except DomainError as one:
            self.refusals.append(f"第 {place} 行：{one}")
        else:
            self.borne[key] = unit
            self.made.append(unit)

    def _read(self, cells: dict[str, str]) -> Unit:
        """The unit a line describes, without its parent. Raises Several."""
        wrong: list[DomainError] = []
        name = _cleaned(wrong, "单位名称", cleaning.clean_line, cells.get("name", ""), max_length=100)
        code = cells.get("office_code", "")
        letters = _cleaned(wrong, "编号代字", cleaning.clean_code, code, max_length=8, required=False)
        day: date | None = None
        if raw := cells.get("starts_on", "").strip():
            day = _cleaned(wrong, "成立日期", cleaning.clean_date, raw)
        kind, region = cells.get("kind", "").strip(), cells.get("region", "").strip()
        if kind not in KINDS:
            text = f"类别“{kind[:20]}”认不出来，可以写：{'、'.join(str(one.label) for one in UnitKind)}。"
            wrong.append(RuleBroken("unit.kind", text))
        if full_code(region) not in self.regions:
            text = f"系统中没有地区“{region[:20]}”，请核对区划代码，或者先载入区划。"
            wrong.append(RuleBroken("unit.region", text))
        if wrong:
            raise Several(wrong)
        return Unit(
            name=name, kind=KINDS[kind], region=self.regions[full_code(region)], office_code=letters, starts_on=day
        )  # fmt: skip

    def _hang(self, unit: Unit, name: str) -> list[DomainError]:
        """Below the nearest unit of that name: in the region itself, else in those above it."""
        found = (self.borne.get((code, name)) for code in _chain(unit.region_id))
        unit.parent = next((one for one in found if one is not None), None)
        if not name or unit.parent is not None:
            return []
        text = f"没有找到上级单位“{name[:40]}”，请核对名称；它在同一文件里时要写在前面。"
        return [RuleBroken("unit.parent", text)]


def _cleaned(wrong: list[DomainError], label: str, clean: Any, value: Any, **options: Any) -> Any:
    """The value clean, or its refusal under the head of its column."""
    try:
        return clean(value, **options)
    except ValidationError as refused:
        wrong.append(RuleBroken("unit.cell", f"{label}：{refused.messages[0]}"))


def _insert(units: list[Unit]) -> None:
    """Parents before what hangs below them: as many statements as there are levels."""
    while units:
        ready = [unit for unit in units if unit.parent is None or unit.parent.pk]
        for start in range(0, len(ready), BATCH):
            Unit.objects.bulk_create(ready[start : start + BATCH])
        units = [unit for unit in units if unit.pk is None]


def _load_offices(report: Report) -> set[str]:
    """The office of every township and village that has none, named after the region. Returns the counties."""
    bodies = Unit.objects.current().filter(kind=UnitKind.COMMISSION, region__level=Level.COUNTY)
    counties = sorted(set(bodies.values_list("region_id", flat=True)))
    if not counties:
        raise RuleBroken("unit.county", "还没有本县的纪委监委，请先用 init_county 建立本县。")
    made: list[Unit] = []
    for kind, endings in OFFICES.items():
        for region in _without_office(kind, counties):
            name = _office_name(region.name, endings)
            if name:
                made.append(Unit(name=name, kind=kind, region=region))
            else:
                report.unnamed.append(region.path_name)
    _insert(made)
    report.from_regions = len(made)
    return set(counties)


def _without_office(kind: UnitKind, counties: Iterable[str]) -> Any:
    """Regions of the counties where no unit is, was or had been called as such an office is."""
    called = Q()
    for _, ending in OFFICES[kind]:
        called |= Q(name__endswith=ending) | Q(aliases__name__endswith=ending)
    here = Q()
    for county in counties:
        here |= region_under("code", county)
    offices = Unit.objects.filter(called, region=OuterRef("pk"))
    return Region.objects.current().filter(here, ~Exists(offices), level=OFFICE_LEVELS[kind])


def _office_name(name: str, endings: Iterable[tuple[str, str]]) -> str:
    """How the office of a region of this name is called; empty where the name does not say."""
    for ending, full in endings:
        if name.endswith(ending):
            return name.removesuffix(ending) + full
    return ""


def _record(path: Path | None, counties: set[str], report: Report) -> None:
    """One entry, with the smallest region that holds all units."""
    common = os.path.commonprefix([code[:6] for code in counties])
    size = next((size for size in (6, 4, 2) if size <= len(common)), 0)
    if not size:
        raise RuleBroken("unit.provinces", "文件里有几个省的单位，请一省一个文件分开载入。")
    facts: dict[str, Any] = {
        "lines": report.lines, "added": report.added, "unchanged": report.unchanged,
        "from_regions": report.from_regions,
    }  # fmt: skip
    if path is not None:
        with path.open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
        facts |= {"file": path.name[:200], "sha256": digest}
    audit.record("unit.load", Region.objects.get(pk=common[:size].ljust(12, "0")), by=None, facts=facts)
