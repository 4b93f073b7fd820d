"""Which files are taken, told by their content and never by their name. A closed list.

Photos (JPEG, PNG, WebP) are drawn anew without metadata; PDF, Word and Excel of the present formats are kept as they
are after their structure was looked at. Everything else is refused with a sentence that says how to convert it.
"""

import hashlib
import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image, ImageOps, UnidentifiedImageError

from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken

MB = 1024 * 1024
IMAGE_CAP, PDF_CAP, OFFICE_CAP = 20 * MB, 50 * MB, 20 * MB  # bytes
LARGEST_CAP = PDF_CAP
PIXEL_CAP = 60_000_000
UNPACKED_CAP, MEMBER_CAP = 200 * MB, 5000
THUMB = (320, 320)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE = {"word/document.xml": ("docx", DOCX), "xl/workbook.xml": ("xlsx", XLSX)}
_EXIF_TAKEN, _EXIF_IFD = 0x9003, 0x8769
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
TOO_MANY_PIXELS = "图片像素过多，请缩小到 6000 万像素以内再上传。"
TAKEN = "只能上传 JPG、PNG、WebP 图片和 PDF、docx、xlsx 文件。"


@dataclass(frozen=True)
class Checked:
    """A file ready to be kept: its bytes, what it is, and a thumbnail where it is an image."""

    content: bytes
    extension: str
    content_type: str
    original_sha256: str
    thumb: bytes = b""
    taken_at: datetime | None = None


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
    return Checked(data, "pdf", "application/pdf", hashlib.sha256(data).hexdigest())


def _office(data: bytes, said: str) -> Checked:
    """A docx or xlsx by what lies in the archive; macros, bombs and plain archives are refused."""
    _cap(data, OFFICE_CAP, "文档")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _refused("damaged", "文件已损坏，打不开，请重新保存后再上传。") from error
    names = {member.filename for member in members}
    kind = next((kind for part, kind in _OFFICE.items() if part in names), None)
    if kind is None or "[Content_Types].xml" not in names:
        raise _refused("type", _HOW.get(said, TAKEN))
    if len(members) > MEMBER_CAP or sum(member.file_size for member in members) > UNPACKED_CAP:
        raise _refused("bomb", "文件展开后过大，请删减内容或拆分后再上传。")
    if any(member.flag_bits & 1 for member in members):
        raise _refused("encrypted", "文件设有密码，请取消密码后再上传。")
    if any(re.search(r"vbaProject\.bin$|(^|/)activeX/", name) for name in names):
        raise _refused("macro", "文件里有宏，请另存为不含宏的格式后再上传。")
    return Checked(data, kind[0], kind[1], hashlib.sha256(data).hexdigest())


def _image(data: bytes) -> Checked:
    """Draw the picture anew: only pixels survive. The time it was taken is kept beside."""
    _cap(data, IMAGE_CAP, "图片")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Any = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"])
            if picture.width * picture.height > PIXEL_CAP:
                raise _refused("bomb", TOO_MANY_PIXELS)
            picture.load()
            taken_at = _taken_at(picture)
            upright = ImageOps.exif_transpose(picture)
    except Image.DecompressionBombError as error:
        raise _refused("bomb", TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise _refused("damaged", "图片已损坏或不完整，请重新拍照或另存后再上传。") from error
    keeps_png = picture.format == "PNG"
    pixels = _bare(upright, keep_alpha=keeps_png)
    content = _encoded(pixels, "PNG" if keeps_png else "JPEG")
    small = _bare(upright, keep_alpha=False)
    small.thumbnail(THUMB)
    extension, content_type = ("png", "image/png") if keeps_png else ("jpg", "image/jpeg")
    original = hashlib.sha256(data).hexdigest()
    return Checked(content, extension, content_type, original, _encoded(small, "JPEG"), taken_at)


def _bare(picture: Any, *, keep_alpha: bool) -> Any:
    """The pixels alone, in a mode both formats know; transparency goes onto white unless kept."""
    see_through = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    if see_through:
        picture = picture.convert("RGBA")
        if not keep_alpha:
            ground = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(ground, picture).convert("RGB")
    elif picture.mode not in {"RGB", "L"}:
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _encoded(picture: Any, form: str) -> bytes:
    out = io.BytesIO()
    if form == "JPEG":
        picture.save(out, form, quality=88, optimize=True)
    else:
        picture.save(out, form, optimize=False)
    return out.getvalue()


def _taken_at(picture: Any) -> datetime | None:
    """The camera's own time, if it makes sense; local time as cameras write it."""
    try:
        exif = picture.getexif()
        text = exif.get_ifd(_EXIF_IFD).get(_EXIF_TAKEN) or ""
        when = datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 — made aware below
        aware = timezone.make_aware(when)
    except (ValueError, OverflowError, SyntaxError, AttributeError, KeyError, OSError, TypeError):
        return None
    return aware if when.year >= 1990 and aware <= moment.now() + timedelta(days=1) else None
