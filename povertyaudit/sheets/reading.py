"""A spreadsheet as it comes — xlsx, xls, ods, csv — read into a grid of values; a file that cannot be one is refused in one
sentence."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from povertyaudit.core import apart
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.list_file import OPENING, delimiter_of, encoding_in

MB = 1024 * 1024
LARGEST = 20 * MB
MOST_ROWS = 50_000  # below the heading
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
TAKEN = ("xlsx", "xls", "ods", "csv")
SENTENCES = {  # by what the probe says
    "bomb": "文件展开后过大，请删去多余的工作表、图片和格式后另存再上传。",
    "damaged": "文件已损坏或不完整，请用 Excel 或 WPS 打开后另存再上传。",
    "dtd": "文件的内部结构不正常，请用 Excel 或 WPS 另存为新的 xlsx 后再上传。",
    "embedded": "表格里嵌入了其他文件，请删去嵌入的对象后再上传。",
    "empty": "表格是空的，请核对是不是选错了文件，或者内容在隐藏的工作表里。",
    "encrypted": "表格设有打开密码，请取消密码后再上传。",
    "fetches": "表格会从别处取内容，请断开外部链接、另存后再上传。",
    "heavy": "表格的范围太大，读不完；请把有内容的行列复制到新的表格里再上传。",
    "linked": "表格链接着其他工作簿，请在“数据—编辑链接”中断开链接后再上传。",
    "macro": "表格里有宏，请另存为不含宏的 xlsx 后再上传。",
    "nested": "表格里夹带了压缩包或程序，请取出后再上传。",
    "rights": "表格受权限管理（IRM）保护，系统打不开，请解除保护后再上传。",
    "type": "这不是表格文件，请上传 xlsx、xls、ods 或者 csv。",
}


def refused(code: str, text: str = "") -> RuleBroken:
    return RuleBroken(f"sheet.{code}", text or SENTENCES[code], field="file")


@dataclass(frozen=True)
class Grid:
    """Rows of values (None, str, int, float, bool, date, datetime), the first is line 1 of the file. `merged`: areas near
    the top as (first row, first column, last row, last column), counted from 0."""

    extension: str
    sheet: str
    rows: Sequence[Sequence[Any]]
    merged: Sequence[tuple[int, int, int, int]] = field(default_factory=tuple)
    kept: Sequence[Sequence[Any]] = field(default_factory=tuple)  # the hidden sheet of a working sheet


def content_of(upload: UploadedFile) -> bytes:
    """The bytes of an upload. Raises RuleBroken when there are too many or none."""
    if (upload.size or 0) > LARGEST:
        raise refused("too_large", f"表格不能超过 {LARGEST // MB} MB，请拆分后再上传。")
    upload.seek(0)
    data: bytes = upload.read()
    if not data.strip():
        raise refused("empty")
    return data


def read(data: bytes, name: str, *, again: bool = False) -> Grid:
    """The first filled sheet of the file; `again`: of one that was read before and kept since, so that what may be wrong
    with a file need not be looked for. Raises RuleBroken with one sentence."""
    if data.startswith((ZIP, OLE)):
        return _workbook(data, "sheet_again" if again else "sheet")
    said = name.rsplit(".", 1)[-1].lower()
    if said in {"xlsx", "xls", "ods", "xlsm", "et"}:
        raise refused("damaged")
    if (
        said not in {"csv", "txt", "tsv"}
        or b"\0" in data[:4096]
        and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise refused("type")
    return Grid("csv", "", _short(_csv(data)))


def _workbook(data: bytes, probe: str) -> Grid:
    try:
        found = json.loads(apart.look(probe, data), object_hook=_day)
    except apart.Declined as declined:
        raise refused(declined.code if declined.code in SENTENCES else "damaged") from None
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in found["merged"]]
    return Grid(found["kind"], found["sheet"], _short(found["rows"]), merged, found["kept"])


def _day(marked: dict[str, Any]) -> Any:
    if "on" in marked:
        return date.fromisoformat(marked["on"])
    if "at" in marked:
        when = datetime.fromisoformat(marked["at"])
        return when.date() if (when.hour, when.minute, when.second) == (0, 0, 0) else when
    return marked.get("text", marked)


def _csv(data: bytes) -> list[list[Any]]:
    stream = io.BytesIO(data)
    encoding = encoding_in(stream)
    try:
        text = io.StringIO(data.decode(encoding), newline="")
        opening = "".join(islice(text, OPENING))
        text.seek(0)
        rows: list[list[Any]] = []
        for cells in csv.reader(text, delimiter=delimiter_of(opening)):
            rows.append([_unguarded(cell) for cell in cells])
            if len(rows) > MOST_ROWS + 100:
                break
    except UnicodeDecodeError:
        raise refused(
            "encoding", "文件的文字编码认不出来，请另存为 xlsx 或者 UTF-8 的 csv 后再上传。"
        ) from None
    except csv.Error:
        raise refused("csv", "csv 文件里的引号或分隔符不对，请另存为 xlsx 后再上传。") from None
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _unguarded(cell: str) -> str:
    """What our own exports write before a sign that would start a formula is taken off again."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in {"=", "+", "-", "@"} else cell


def _short(rows: list[list[Any]]) -> list[list[Any]]:
    if not rows:
        raise refused("empty")
    if len(rows) > MOST_ROWS + 60:
        raise refused("too_long", f"一份表格最多 {MOST_ROWS} 行，请按乡镇或者年度拆分后再上传。")
    return rows
