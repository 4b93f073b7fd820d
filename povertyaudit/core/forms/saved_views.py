"""Forms of saved views."""

from django import forms

from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.forms.fields import CleanLineField


class ViewForm(PageForm):
    name = CleanLineField(label="视图名称", max_length=20, help_text="显示为列表上方的标签，例如：本镇超期。")
    shared = forms.BooleanField(
        label="共享给本单位", required=False, help_text="本单位的人能看到这个标签，不能修改。"
    )
    is_default = forms.BooleanField(label="打开这个列表时先用它", required=False)


class DeleteForm(PageForm):
    """Nothing but the press."""
