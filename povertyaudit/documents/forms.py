"""Shape of what is typed when a document is made, and of a template that is uploaded."""

from typing import Any

from django import forms

from inspections.forms.feedback import MomentField
from povertyaudit.core.forms import CleanLineField, CleanTextField, DateField, PageForm, UploadField
from povertyaudit.core.forms.region_rules import RegionRuleForm
from povertyaudit.documents.kinds import Ask, Kind


class MakeForm(PageForm):
    """What the kind asks for; `of` puts the fields in."""

    def of(self, kind: Kind) -> None:
        """Put in the fields of the kind."""
        self.fields = {one.name: _field(one) for one in kind.asked()}


def _field(ask: Ask) -> forms.Field:
    said: dict[str, Any] = {"label": ask.label, "required": ask.required, "help_text": ask.help}
    if ask.kind == "text":
        return CleanTextField(rows=5, max_length=ask.most, **said)
    if ask.kind == "day":
        return DateField(**said)
    return MomentField(**said) if ask.kind == "moment" else CleanLineField(max_length=ask.most, **said)


class TemplateForm(RegionRuleForm):
    sections = (("模板", ("file",)), ("适用", ("region", "valid_from")), ("依据", ("source", "note")))

    file = UploadField(label="Word 模板", accept=".docx", help_text="docx，不超过 5 MB，不含宏和外部链接。")
