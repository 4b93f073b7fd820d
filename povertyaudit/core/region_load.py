"""载入区划: take over a list of regions. The file is staged, compared by the database, reported, and carried over whole."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from povertyaudit.core import audit, list_file, moment, region_file
from povertyaudit.core import region_sql as sql
from povertyaudit.core.errors import NotAllowed, RuleBroken, Several
from povertyaudit.core.models import Region, RegionChange, RegionLoad, Role, User
from povertyaudit.core.models.region_history import LoadKind
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Workflow

BATCH = 20_000  # lines held in memory at a time
SHOWN = 20  # lines of each kind in the report
MOST_REFUSALS = 1000
LOAD_LOCK = 4_180_302  # PostgreSQL advisory lock: one load at a time

REGION_RECORD = Workflow("region", "地区", (), others={"load": "载入区划", "load_attributes": "载入地区属性"})


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to load. `within` is a 12-digit code, `as_of` the day the list stands for."""

    as_of: date | None = None
    within: str = ""
    successors: Path | None = None
    accept_good: bool = False
    dry_run: bool = False


@dataclass
class Report:
    """What a load did, or with a dry run would do: counts by kind, the first lines of each, what has to be asked."""

    counts: dict[str, int] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def load(path: Path, *, by: User | None, options: Options) -> Report:
    """Upsert the regions of a file; one record entry with counts. What vanished is ended, never deleted.

    Raises NotAllowed unless `by` is 系统管理员 or the command line (None); Several with every refused line (nothing is
    loaded) unless `accept_good`.
    """
    if by is not None and Role.SYSADMIN not in by.roles:
        raise NotAllowed("region.role", "区划由系统管理员载入。")
    day = _checked_day(options)
    with transaction.atomic():
        _one_at_a_time()
        sql.forget()  # what is refused rolls its tables back; a savepoint around us may keep them
        report = _load(path, by, options, day)
        sql.forget()
        transaction.set_rollback(options.dry_run)
    return report


def _load(path: Path, by: User | None, options: Options, day: date) -> Report:
    values = _values(options, day)
    _stage(region_file.read(path, options.within))
    _compare(values)
    wrong = _take_successors(options.successors, values) if options.successors else []
    report = Report(
        counts={name: sql.column(statement, values)[0] for name, statement in sql.COUNTS.items()},
        samples={
            name: sql.column(f"{statement} LIMIT {SHOWN}", values) for name, statement in sql.SAMPLES.items()
        },
        refusals=_refusals() + wrong,
        asked=sql.referred_without_successor(),
    )
    report.counts["refused"] += len(wrong)
    report.counts["asked"] = len(report.asked)
    if not report.counts["lines"]:
        raise RuleBroken("region.empty", "文件里没有认得出的区划，请核对列名（code,name）和内容。")
    if report.refusals and not options.accept_good:
        raise Several([RuleBroken("region.line", text) for text in report.refusals])
    _carry_over(values, report)
    _record(path, by, options, day, report)
    return report


def _checked_day(options: Options) -> date:
    day = options.as_of or moment.today()
    if day > moment.today():
        raise RuleBroken("region.future", "区划截止日期不能晚于今天。", field="as_of")
    later = RegionLoad.objects.filter(kind=LoadKind.REGIONS, as_of__gt=day).order_by("-as_of").first()
    if later is not None:
        raise RuleBroken(
            "region.older", f"已经载入过截至 {later.as_of} 的区划，不能再载入更早的。", field="as_of"
        )
    if options.within and not Region.objects.filter(code=options.within).exists():
        raise RuleBroken(
            "region.within", f"系统中没有地区 {options.within}，请核对 --within。", field="within"
        )
    return day


def _values(options: Options, day: date) -> dict[str, Any]:
    """Parameters of the statements. `last` is the last day of what ends."""
    last: Any = day - timedelta(days=1)
    plain = connection.vendor == "sqlite"
    return {
        "day": str(day) if plain else day,
        "last": str(last) if plain else last,
        "within": options.within,
        "prefix": prefix_of(options.within) if options.within else "",
        "first": 0 if Region.objects.filter(level__gt=3).exists() else 1,
    }


def _one_at_a_time() -> None:
    if connection.vendor == "postgresql":
        sql.run(f"SELECT pg_advisory_xact_lock({LOAD_LOCK})")


def _stage(lines: Iterator[region_file.Line]) -> None:
    """Put the file into a temporary table, a batch at a time."""
    sql.run(sql.MAKE)
    while batch := list(islice(lines, BATCH)):
        found = ((x.place, x.code, x.name, x.level, x.parent, x.refused) for x in batch)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.copy_expert(sql.COPY, _copied(found))
            else:
                cursor.executemany(sql.ADD, list(found))
    sql.run(sql.INDEX)


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": " ", "\n": " ", "\r": " ", "\x00": " "})


def _copied(rows: Iterable[tuple[Any, ...]]) -> io.StringIO:
    """Rows in the text format of COPY."""
    text = "".join("\t".join(str(cell).translate(_ESCAPES) for cell in row) + "\n" for row in rows)
    return io.StringIO(text)


def _compare(values: dict[str, Any]) -> None:
    """Refuse what cannot stand, then find what is renamed and what vanished."""
    values["complete"] = 0 if sql.column(sql.UNREADABLE) else 1
    analyse = connection.vendor == "postgresql"
    if analyse:
        sql.run("ANALYZE loaded_region")
    sql.run(sql.REPEATED)
    sql.run(sql.WITHOUT_CITY)
    sql.run(sql.TOPS_WITHIN if values["within"] else sql.TOPS, values)
    sql.run(sql.INDEX_TOPS)
    if analyse:
        sql.run("ANALYZE top_region")
    for level in (2, 3, 4, 5):
        sql.run(sql.ORPHANS, {**values, "level": level})
    sql.run(sql.GONE, values)
    for level in (2, 3, 4, 5):
        sql.run(sql.GONE_BELOW, {**values, "level": level})
    sql.run(sql.RENAMED, values)


def _refusals() -> list[str]:
    return sql.column(sql.REFUSALS, {"most": MOST_REFUSALS})


def _take_successors(path: Path, values: dict[str, Any]) -> list[str]:
    """Note the named successors of what vanished; what cannot be is refused with its line."""
    gone = set(sql.column(sql.GONE_CODES))
    wrong = []
    for place, cells in list_file.rows(path, region_file.SUCCESSORS):
        old, new = (region_file.full_code(cells.get(name, "")) for name in ("old", "new"))
        if old not in gone:
            wrong.append(
                f"承接文件第 {place} 行：{old or cells.get('old', '')[:20]} 不在本次撤销的地区之中。"
            )
        elif not new or new in gone or not _stands(new, values):
            wrong.append(
                f"承接文件第 {place} 行：承接地区 {new or cells.get('new', '')[:20]} 不存在或者也已撤销。"
            )
        else:
            sql.run(sql.NAME_SUCCESSOR, {"new": new, "old": old})
    return wrong


def _stands(code: str, values: dict[str, Any]) -> bool:
    """Is the region in the file or in force in the table?"""
    return bool(sql.column(sql.STANDS, {**values, "code": code}))


def _carry_over(values: dict[str, Any], report: Report) -> None:
    """The table becomes what the file says; paths of descendants follow a rename."""
    sql.run(sql.FORMER_NAMES.format(next_day=sql.NEXT_DAY[connection.vendor]), values)
    sql.run(sql.RENAME)
    sql.run(sql.RESTORE, values)
    for level in (1, 2, 3, 4, 5):
        sql.run(sql.INSERT, {**values, "level": level})
    if report.counts["renamed"]:
        for level in (4, 5):
            sql.run(sql.PATHS, {"level": level})
    sql.run(sql.END, values)
    returned = Region.objects.filter(ends_on=None).values("pk")
    RegionChange.objects.waiting().filter(region__in=returned).delete()


def _record(path: Path, by: User | None, options: Options, day: date, report: Report) -> None:
    """The load, its questions, and its one entry in the record."""
    tops = sql.column(sql.TOP_CODES)
    with path.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    done = RegionLoad.objects.create(
        by=by, as_of=day, region_id=tops[0] if len(tops) == 1 else None, file_name=path.name[:200],
        file_sha256=digest, counts=report.counts,
    )  # fmt: skip
    RegionChange.objects.bulk_create(
        (RegionChange(region_id=code, load=done) for code in report.asked),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    facts = {
        **report.counts,
        "as_of": day,
        "file": done.file_name,
        "sha256": digest,
        "within": options.within,
    }
    audit.record("region.load", done, by=by, facts=facts)
