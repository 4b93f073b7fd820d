"""Word files for the stories: good ones with a few paragraphs, and what nobody should upload."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

GOOD = (
    "{{ 标题 }}",
    "{{ 主送 }}：请办理{{ 编号 }}。",
    "{%p for 行 in 要求 %}",
    "（{{ loop.index }}）{{ 行.内容 }}",
    "{%p endfor %}",
    "{{ 落款 }}",
)


def word(*paragraphs, header="", title=""):
    """A docx with these paragraphs."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


def with_part(data, name, content):
    """The docx with one more part."""
    raw = io.BytesIO(data)
    with zipfile.ZipFile(raw, "a") as packed:
        packed.writestr(name, content)
    return raw.getvalue()


def upload(data, name="模板.docx"):
    return SimpleUploadedFile(name, data)


def text(document):
    """What a second reader, which knows nothing of the library, finds in the file."""
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        tree = etree.fromstring(packed.read("word/document.xml"))
    return "\n".join("".join(p.itertext(f"{W}t")) for p in tree.iter(f"{W}p"))
