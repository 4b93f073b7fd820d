"""上传表格, 核对列, 放弃导入. Nothing of the file is written to any register here."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from povertyaudit.core import jobs, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, User
from povertyaudit.sheets import headings, reading, working
from povertyaudit.sheets.kinds import kind_of
from povertyaudit.sheets.lines import Reading, lacking
from povertyaudit.sheets.models import ImportState, SheetImport, SheetMapping, SheetRow
from povertyaudit.sheets.querysets import IMPORTERS
from povertyaudit.sheets.services import checking, keeping, merging
from povertyaudit.sheets.workflow import SHEET_IMPORT

CHECK_JOB = "sheet_check"
AT_ONCE = 60  # rows that need no job


@transaction.atomic
def take_in(*, by: User, kind: str, file: UploadedFile, note: str = "") -> SheetImport:
    """上传表格 of a kind: read, its columns recognised, kept encrypted; then looked through, at once or by a job.

    Raises NotAllowed; RuleBroken with one sentence for a file that cannot be taken.
    """
    content = reading.content_of(file)
    grid = reading.read(content, file.name or "")
    kind = working.kind_in(grid.kept) or kind
    wanted = kind_of(kind)
    post = by.post_as(IMPORTERS)
    if post is None or not wanted.may(by):
        raise NotAllowed("sheet.role", f"您的岗位不登记{wanted.label}，不能导入。")
    columns = list(wanted.columns())
    kept = SheetMapping.objects.filter(unit=post.unit, kind=kind).first()
    found = headings.find(grid, columns, kept.names if kept else {})
    row = SheetImport(
        region=Region.objects.get(code=post.region.county_code()), unit=post.unit, taken_by=by, kind=kind,
        is_working=bool(grid.kept), file_name=(file.name or "")[:200], sheet_name=grid.sheet[:100], head_row=found.row + 1,
        heads=[head.kept() for head in found.heads],
    )  # fmt: skip
    row.rows_given = _counted(row, grid, by)
    row.number = numbering.take("sheet_import", row.region)
    made = rows.create(row, verb="sheetimport.take_in", by=by, note=note)
    keeping.keep(made, content, row.file_name, grid.extension, by=by, kind=keeping.GIVEN)
    if not lacking(made.heads, columns):
        _begin(made, by=by, grid=grid)
    return made


def _counted(row: SheetImport, grid: reading.Grid, by: User) -> int:
    count = len(Reading(kind_of(row.kind), by, grid, row.heads, row.head_row).places())
    if not count:
        raise reading.refused("no_rows", "表头下面没有内容，请核对是不是选错了工作表。")
    if count > reading.MOST_ROWS:
        raise reading.refused("too_long", f"一份表格最多 {reading.MOST_ROWS} 行，请拆分后再上传。")
    return count


def _begin(row: SheetImport, *, by: User, grid: reading.Grid) -> None:
    """Look through few rows now, many by a job."""
    if row.rows_given <= AT_ONCE:
        checking.judged(row, by, grid)
        return
    rows.write(row, verb="sheetimport.look", by=by, changes={"state": ImportState.CHECKING})
    jobs.enqueue(CHECK_JOB, {"sheet": row.public_id}, f"{CHECK_JOB}:{row.public_id}:{row.version}")


@transaction.atomic
def remap(
    sheet: SheetImport, *, by: User, names: Mapping[str, str], note: str = "", expected_version: int | None = None
) -> SheetImport:  # fmt: skip
    """核对列: `names` says for places of columns (counted from 0, as text) what they are taken for, "" for nothing. It is
    remembered for the unit, and the rows are looked through anew. Raises RuleBroken."""
    row: SheetImport = SHEET_IMPORT.begin(sheet, "remap", by=by, note=note, expected_version=expected_version)
    columns = list(kind_of(row.kind).columns())
    known = {column.name for column in columns}
    heads = [{**head, "name": names.get(str(head["at"]), head["name"])} for head in row.heads]
    used = [head["name"] for head in heads if head["name"]]
    if set(used) - known:
        raise RuleBroken("sheet.names", "没有这一列，请重新选择。", field="names")
    labels = {column.name: column.label for column in columns}
    if twice := sorted({name for name in used if used.count(name) > 1}):
        raise RuleBroken("sheet.twice", f"有两列都对应“{labels[twice[0]]}”，请只留一列。", field="names")
    if absent := lacking(heads, columns):
        raise RuleBroken("sheet.lacking", f"还没有指定这些必填的列：{'、'.join(absent)}。", field="names")
    _remember(row, heads)
    content, name = keeping.given(row)
    grid = reading.read(content, name)
    row.heads = heads
    _begin_again(row, by=by, grid=grid, note=note)
    return row


def _begin_again(row: SheetImport, *, by: User, grid: reading.Grid, note: str) -> None:
    row.rows_given = _counted(row, grid, by)
    if row.rows_given <= AT_ONCE:
        SHEET_IMPORT.finish(row, "remap", by=by, note=note, changes={"state": ImportState.CHECKED})
        checking.judged(row, by, grid)
        return
    SHEET_IMPORT.finish(row, "remap", by=by, note=note)
    jobs.enqueue(CHECK_JOB, {"sheet": row.public_id}, f"{CHECK_JOB}:{row.public_id}:{row.version}")


def _remember(row: SheetImport, heads: list[dict[str, Any]]) -> None:
    kept, _ = SheetMapping.objects.select_for_update().get_or_create(unit=row.unit, kind=row.kind)
    kept.names |= {headings.key(head["heading"]): head["name"] for head in heads}
    kept.save(update_fields=["names"])


@transaction.atomic
def settle(
    sheet: SheetImport, *, by: User, choices: Mapping[str, str], note: str = "", expected_version: int | None = None
) -> SheetImport:  # fmt: skip
    """处理冲突 of a returned working sheet: `choices` says for `line:column` whether what stands in the sheet holds ("sheet")
    or what is registered now ("now"). The rows are looked through anew. Raises RuleBroken."""
    row: SheetImport = SHEET_IMPORT.begin(
        sheet, "settle", by=by, note=note, expected_version=expected_version
    )
    clashing = {one.line: one for one in row.rows.clashing()}
    for place, chosen in choices.items():
        line, _, name = place.partition(":")
        one = clashing.get(int(line)) if line.isdecimal() and len(line) < 8 else None
        if chosen and (
            one is None or name not in one.conflicts or chosen not in (merging.SHEET, merging.NOW)
        ):
            raise RuleBroken("sheet.choice", "没有这处冲突，请刷新页面后重新选择。", field="choices")
        if one is not None and chosen:
            one.decided[name] = chosen
    SheetRow.objects.bulk_update(clashing.values(), ("decided",))
    content, name = keeping.given(row)
    SHEET_IMPORT.finish(row, "settle", by=by, note=note)
    checking.judged(row, by, reading.read(content, name))
    return row


@transaction.atomic
def drop(sheet: SheetImport, *, by: User, note: str = "", expected_version: int | None = None) -> SheetImport:
    """放弃导入: what was found in its rows is deleted, the import stays as what was looked at."""
    row: SheetImport = SHEET_IMPORT.begin(sheet, "drop", by=by, note=note, expected_version=expected_version)
    row.rows.all().delete()
    done: SheetImport = SHEET_IMPORT.finish(row, "drop", by=by, note=note)
    return done
