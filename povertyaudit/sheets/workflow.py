"""What may be done with an import."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import User
from povertyaudit.core.workflow import Transition, Workflow
from povertyaudit.sheets.models import ImportState as S
from povertyaudit.sheets.querysets import IMPORTERS


def own(row: Any, by: User) -> None:
    if row.taken_by_id != by.pk:
        raise NotAllowed("sheetimport.own", "由上传人办理。")


def has_conflicts(row: Any) -> bool:
    return bool(row.is_working and row.rows.clashing().exists())


def _step(
    name: str, label: str, sources: set[str], target: str | None, *instead: str, **more: Any
) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, instead=frozenset(instead), roles=IMPORTERS,
        who=(own,), **more,
    )  # fmt: skip


SHEET_IMPORT = Workflow(
    "sheetimport",
    "表格导入",
    (
        _step("bring_in", "导入", {S.CHECKED}, S.IMPORTING, S.IMPORTED, primary=True),
        _step("remap", "核对列", {S.STAGED, S.CHECKED}, S.CHECKING, S.CHECKED),
        _step("settle", "处理冲突", {S.CHECKED}, None, when=has_conflicts),
        _step("drop", "放弃导入", {S.STAGED, S.CHECKED}, S.DROPPED),
        _step("undo", "撤销导入", {S.IMPORTED}, S.UNDOING, S.UNDONE, note_required=True),
    ),
    others={
        "take_in": "上传表格", "look": "开始核对", "keep_file": "保存文件", "checked": "核对完毕", "finished": "导入完毕", "undone": "撤销完毕",
        "not_undone": "没有撤销",
    },
)  # fmt: skip
