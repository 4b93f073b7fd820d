"""Whether an uploaded Word file is a template of a kind. Refused in one sentence that names what is wrong."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from povertyaudit.core import file_types
from povertyaudit.core.errors import RuleBroken
from povertyaudit.documents.engine.fields import Fields, Values
from povertyaudit.documents.engine.producing import filled
from povertyaudit.documents.engine.sandbox import Sandbox, strange

MOST_BYTES = 5 * file_types.MB  # of the file, and of the text of one of its parts
MOST_TAGS = 500
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
PROPERTIES = re.compile(r"docProps/\w+\.xml")
TAG = re.compile(r"\{[{%#].*?[}%#]\}")
LOOSE = re.compile(r"\{[{%#]|[}%#]\}")
_NAME = r"[^\W\d]\w*"
_REF = rf"{_NAME}(?:\.{_NAME})?"
_ASKED = rf"(?:not\s+)?{_REF}(?:\s*[!=]=\s*[\"'“”‘’][^\"'“”‘’{{}}]*[\"'“”‘’])?"
ALLOWED = re.compile(
    rf"\{{\{{\s*{_REF}\s*\}}\}}"
    rf"|\{{%(?:p|tr|tc)?\s+(?:for\s+{_NAME}\s+in\s+{_NAME}|endfor|else|endif"
    rf"|(?:el)?if\s+{_ASKED}(?:\s+(?:and|or)\s+{_ASKED})*)\s*%\}}"
    rf"|\{{#[^#{{}}]*#\}}"
)


def check(data: bytes, name: str, label: str, fields: Fields) -> None:
    """Raise RuleBroken at `file` unless `data` is a template of the kind called `label`."""
    if len(data) > MOST_BYTES:
        raise too_large()
    if file_types.check(data, name).extension != "docx":
        raise _refused("type", "模板须是 Word 的 docx 文件。")
    sources = dict(_sources(data))
    _tags_are_plain([tag for source in sources.values() for tag in _tags(source)])
    for source in sources.values():
        _tree_is_plain(source, label, fields)
    samples: Values = fields.samples()
    empty: Values = {one.name: [] if one.rows else "" for one in fields.all}
    for values in (samples, empty):
        _fills(data, values)


def too_large() -> RuleBroken:
    """Of what is refused before it is read."""
    return _refused("large", f"模板不能超过 {MOST_BYTES // file_types.MB} MB，请删去大图片后再上传。")


def _refused(code: str, words: str) -> RuleBroken:
    return RuleBroken(f"template.{code}", words, field="file")


def _sources(data: bytes) -> Iterator[tuple[str, Any]]:
    """The parts that are filled, as trees."""
    try:
        Document(io.BytesIO(data))
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for part in packed.infolist():
                if not FILLED.fullmatch(part.filename) and not PROPERTIES.fullmatch(part.filename):
                    continue
                if part.file_size > MOST_BYTES:
                    raise _refused("heavy", "模板的内容过多，请只保留版式和字段。")
                text = packed.read(part)
                if PROPERTIES.fullmatch(part.filename):
                    _no_tags_in_properties(text)
                else:
                    yield part.filename, etree.fromstring(text, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise _refused("damaged", "模板文件已损坏，打不开，请用 Word 重新保存后再上传。") from None


def _no_tags_in_properties(text: bytes) -> None:
    if b"{{" in text or b"{%" in text:
        raise _refused("properties", "文件属性（标题、作者、备注等）里写有字段，请清除文件属性后再上传。")


def _tags(tree: Any) -> Iterator[str]:
    """Each tag as it is read on the page. Raises RuleBroken for one that does not end in its paragraph."""
    for paragraph in tree.iter(f"{W}p"):
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))
        yield from TAG.findall(text)
        left = TAG.sub("", text)
        if found := LOOSE.search(left):
            near = left[max(0, found.start() - 6) : found.end() + 12].strip()
            raise _refused("open", f"模板中“{near}”的花括号没有成对，或者跨了段落，请补齐。")


def _tags_are_plain(tags: list[str]) -> None:
    if not tags:
        raise _refused("no_fields", "模板里没有写任何字段，请按字段表写上要填入的内容。")
    if len(tags) > MOST_TAGS:
        raise _refused("many", f"模板里的字段和循环超过 {MOST_TAGS} 处，请精简。")
    for tag in tags:
        if not ALLOWED.fullmatch(tag):
            raise _refused("code", f"模板中的“{tag[:60]}”不是字段、循环或者条件，模板里不能写运算和代码。")


def _tree_is_plain(source: Any, label: str, fields: Fields) -> None:
    """The second wall: what Jinja makes of the part, whatever it looked like."""
    patched = DocxTemplate.patch_xml(None, etree.tostring(source, encoding="unicode"))
    try:
        tree = Sandbox().parse(patched)
    except TemplateError:
        raise _refused(
            "unpaired", "模板中的循环或者条件没有成对（for 与 endfor、if 与 endif），请补齐。"
        ) from None
    for why, what in strange(tree, fields):
        raise _refused(why, {
            "unknown": f"模板中的“{what}”不是{label}的字段，请对照字段表改正。",
            "list": f"“{what}”是一张表，要用 for 循环逐行填写，不能直接填入。",
        }.get(why, f"模板中有不允许的写法（{what}），模板里只能写字段、循环和条件。"))  # fmt: skip


def _fills(data: bytes, values: Values) -> None:
    """Tried with sample values and with none: what comes out must be a Word file."""
    try:
        made = filled(data, values)
        with zipfile.ZipFile(io.BytesIO(made)) as packed:
            for name in packed.namelist():
                if FILLED.fullmatch(name):
                    etree.fromstring(packed.read(name))
        Document(io.BytesIO(made))
    except (TemplateError, etree.XMLSyntaxError, KeyError, ValueError, TypeError, AttributeError):
        words = "按这个模板填写后不是完整的 Word 文件：循环要整段（{%p …%}）或者整行（{%tr …%}）写，请检查。"
        raise _refused("fill", words) from None
