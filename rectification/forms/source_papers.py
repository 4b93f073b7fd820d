"""Shape of what people type about 反馈文件."""

from typing import Any

from django import forms

from povertyaudit.core.forms import CleanLineField, DateField, PageForm, UploadsField
from rectification.models import PaperKind

SCANS = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx"


class PaperWords(PageForm):
    kind = forms.ChoiceField(label="类别", choices=PaperKind.choices)
    title = CleanLineField(label="文件名称", max_length=200, help_text="照文件写全称。")
    issuer = CleanLineField(label="发文机关", max_length=100)
    document = CleanLineField(label="文号", max_length=60, required=False)
    received_on = DateField(label="收到日期", latest_today=True)


class Scanned(PageForm):
    """A form with files: they go to the verb as `files`."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return said | {"files": said.pop("papers", [])}


class SourcePaperForm(PaperWords, Scanned):
    papers = UploadsField(
        label="原件扫描件",
        required=False,
        accept=SCANS,
        help_text="可以以后再传。PDF 或者照片，可以一次选几个。",
    )


class ScanForm(Scanned):
    papers = UploadsField(label="原件扫描件", accept=SCANS, help_text="PDF 或者照片，可以一次选几个。")


class EditSourcePaperForm(PaperWords):
    note = CleanLineField(label="修改说明", max_length=500, required=False)
