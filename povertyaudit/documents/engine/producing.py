"""Fill a template. The same template and the same values give the same bytes, always."""

import io
import re
from typing import Any

from docxtpl import DocxTemplate

from povertyaudit.core.papers import MADE, zipped_anew
from povertyaudit.documents.engine.fields import Values
from povertyaudit.documents.engine.sandbox import Sandbox

MOST_ROWS = 500  # of one list
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def filled(template: bytes, values: Values) -> bytes:
    """The document. Nothing in it says who wrote the template, or when the document was made."""
    document = DocxTemplate(io.BytesIO(template))
    document.render({name: _clean(value) for name, value in values.items()}, Sandbox(), autoescape=True)
    core: Any = document.docx.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = ""
    core.title = str(values.get("标题", ""))
    core.created = core.modified = MADE
    core.revision = 1
    raw = io.BytesIO()
    document.save(raw)
    return zipped_anew(raw)


def _clean(value: Any) -> Any:
    """No control character is part of a Word file."""
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    return [{name: _CONTROL.sub("", said) for name, said in row.items()} for row in value]
