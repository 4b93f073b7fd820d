"""The form of a comment, below the thread and on a page of its own."""

from typing import Any

from django import forms

from povertyaudit.core import comments
from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.forms.fields import CleanTextField


class CommentForm(PageForm):
    text = CleanTextField(
        label="批注", rows=3, max_length=comments.MOST,
        help_text="用 @姓名 提醒能看到这条记录的人，对方只收到编号和链接。不要写身份证号、手机号和反映人信息。",
    )  # fmt: skip
    own_unit_only = forms.BooleanField(label="仅本单位可见", required=False)

    def __init__(self, *args: Any, mention: str = "", **kwargs: Any) -> None:
        """`mention` is the address that answers who may be mentioned."""
        super().__init__(*args, **kwargs)
        if mention:
            self.fields["text"].widget.attrs["data-mention"] = mention
