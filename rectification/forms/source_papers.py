"""Shape of what people type about 反馈文件."""

from django import forms

from povertyaudit.core.forms import CleanLineField, DateField, PageForm
from rectification.models import PaperKind


class SourcePaperForm(PageForm):
    kind = forms.ChoiceField(label="类别", choices=PaperKind.choices)
    title = CleanLineField(label="文件名称", max_length=200, help_text="照文件写全称。")
    issuer = CleanLineField(label="发文机关", max_length=100)
    document = CleanLineField(label="文号", max_length=60, required=False)
    received_on = DateField(label="收到日期", latest_today=True)


class EditSourcePaperForm(SourcePaperForm):
    note = CleanLineField(label="修改说明", max_length=500, required=False)
