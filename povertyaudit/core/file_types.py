"""Which files are taken, told by their content and never by their name. A closed list.

Photos (JPEG, PNG, WebP) are drawn anew without metadata; PDF, Word and Excel of the present formats are kept as they
are after all of them was looked at, in a process apart. Everything else is refused with a sentence that says how to
convert it.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from povertyaudit.core import apart, moment
from povertyaudit.core.errors import RuleBroken

MB = 1024 * 1024
IMAGE_CAP, PDF_CAP, OFFICE_CAP = 20 * MB, 50 * MB, 20 * MB  # bytes
LARGEST_CAP = PDF_CAP
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHEETS = {
    "xlsx": OFFICE["xlsx"], "xls": "application/vnd.ms-excel", "csv": "text/csv",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}  # fmt: skip
_FAMILY = {
    "jpg": "image",
    "jpeg": "image",
    "png": "image",
    "webp": "image",
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "xlsx",
}
_HOW = {
    "doc": "请在 Word 中另存为 docx 格式后再上传。", "xls": "请在 Excel 中另存为 xlsx 格式后再上传。",
    "ppt": "请导出为 PDF 后再上传。", "pptx": "请导出为 PDF 后再上传。", "wps": "请另存为 docx 或 PDF 后再上传。",
    "et": "请另存为 xlsx 后再上传。", "heic": "请在手机上改存为 JPG 后再上传。", "gif": "请另存为 JPG 或 PNG 后再上传。",
    "zip": "请解压后逐个上传。", "rar": "请解压后逐个上传。", "7z": "请解压后逐个上传。",
    "docm": "请另存为不含宏的 docx 后再上传。", "xlsm": "请另存为不含宏的 xlsx 后再上传。",
}  # fmt: skip
TAKEN = "只能上传 JPG、PNG、WebP 图片和 PDF、docx、xlsx 文件。"
SENTENCES = {  # by what the probe says
    "active": "PDF 里有会自动运行或向外发送的内容，请打印为新的 PDF 后再上传。",
    "animated": "动图不能作为材料，请另存为一张静止的 JPG 或 PNG 后再上传。",
    "bomb": "文件展开后过大，请删减内容或拆分后再上传。",
    "carries": "PDF 里夹带了其他文件，请把夹带的文件取出后分别上传。",
    "damaged": "文件已损坏或不完整，请重新保存或导出后再上传。",
    "dtd": "文件的内部结构不正常，请用 Word 或 Excel 重新保存后再上传。",
    "encrypted": "文件设有密码，请取消密码后再上传。",
    "fetches": "文件会从别处取内容，请另存为不含外部链接的文件后再上传。",
    "heavy": "文件过于复杂，无法检查，请重新导出、缩小或拆分后再上传。",
    "macro": "文件里有宏，请另存为不含宏的格式后再上传。",
    "nested": "文档里夹带了压缩包或程序，请取出后再上传。",
    "pages": "PDF 超过 5000 页，请拆分后再上传。",
    "pixels": "图片像素过多，请缩小到 6000 万像素以内再上传。",
}


@dataclass(frozen=True)
class Checked:
    """A file ready to be kept: its bytes, what it is, and a thumbnail where it is an image."""

    content: bytes
    extension: str
    content_type: str
    original_sha256: str
    thumb: bytes = b""
    taken_at: datetime | None = None
    position: tuple[float, float] | None = None  # latitude and longitude; compared, never kept


def check(data: bytes, name: str) -> Checked:
    """Recognise `data`, refuse what is not on the list or lies about itself. Raises RuleBroken at field `file`."""
    said = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    found = _look(data, said)
    if said in _FAMILY and _FAMILY[said] != _FAMILY[found.extension]:
        raise _refused(
            "lying", f"文件名写的是 {said}，内容却是 {found.extension}，请核对后改正文件名再上传。"
        )
    return found


def _look(data: bytes, said: str) -> Checked:
    if not data:
        raise _refused("empty", "文件是空的，请重新选择。")
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    ):
        return _image(data)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _office(data, said)
    raise _refused("type", _HOW.get(_guess(data, said), TAKEN))


def _guess(data: bytes, said: str) -> str:
    """What an unwelcome file probably is, for the advice only."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return said if said in {"xls", "ppt", "wps", "et"} else "doc"
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:
        return "heic"
    return said


def _refused(code: str, message: str) -> RuleBroken:
    return RuleBroken(f"file.{code}", message, field="file")


def _cap(data: bytes, cap: int, what: str) -> None:
    if len(data) > cap:
        raise _refused("too_large", f"{what}不能超过 {cap // MB} MB，请压缩或拆分后再上传。")


def _pdf(data: bytes) -> Checked:
    _cap(data, PDF_CAP, "PDF 文件")
    if b"%%EOF" not in data[-2048:]:
        raise _refused("damaged", "这个 PDF 文件不完整，请重新导出后再上传。")
    _apart("pdf", data)
    return Checked(data, "pdf", "application/pdf", hashlib.sha256(data).hexdigest())


def _office(data: bytes, said: str) -> Checked:
    _cap(data, OFFICE_CAP, "文档")
    kind = _apart("office", data, otherwise=_HOW.get(said, TAKEN)).decode()
    return Checked(data, kind, OFFICE[kind], hashlib.sha256(data).hexdigest())


def _image(data: bytes) -> Checked:
    """Drawn anew: only pixels survive. The time it was taken is kept beside."""
    _cap(data, IMAGE_CAP, "图片")
    head, _, rest = _apart("image", data).partition(b"\n")
    said = json.loads(head)
    cut = len(rest) - said["thumb"]
    content_type = {"png": "image/png", "jpg": "image/jpeg"}[said["extension"]]
    original = hashlib.sha256(data).hexdigest()
    position = tuple(said["position"]) if said["position"] else None
    return Checked(
        rest[:cut], said["extension"], content_type, original, rest[cut:], _taken_at(said["taken"]), position
    )


def _apart(probe: str, data: bytes, otherwise: str = TAKEN) -> bytes:
    """What the probe says; its refusal as a sentence, `otherwise` where it found another type."""
    try:
        return apart.look(probe, data)
    except apart.Declined as declined:
        raise _refused(declined.code, SENTENCES.get(declined.code, otherwise)) from None


def _taken_at(text: str) -> datetime | None:
    """The camera's own time, if it makes sense; local time as cameras write it."""
    try:
        when = datetime.strptime(text.strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 — made aware below
        aware = timezone.make_aware(when)
    except (ValueError, OverflowError):
        return None
    return aware if when.year >= 1990 and aware <= moment.now() + timedelta(days=1) else None
