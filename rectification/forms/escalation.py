"""What is typed about a letter, a reply, a decision, a pause."""

from typing import Any

from povertyaudit.core.forms import CleanLineField, CleanTextField, DateField, PageForm, UploadsField
from rectification.forms.fields import PAPERS

LONG = 5000


class RewordForm(PageForm):
    demand = CleanTextField(label="办理要求", rows=4, max_length=LONG)
    contact = CleanLineField(label="联系人和电话", max_length=100, required=False)


class ReplyForm(PageForm):
    """One box and perhaps a photo: it is answered on a phone."""

    text = CleanTextField(
        label="回复", rows=5, max_length=LONG, help_text="写明整改进展、未完成的原因、采取的措施和完成时间。"
    )
    papers = UploadsField(
        label="附件",
        required=False,
        accept=PAPERS,
        help_text="可以不附。照片、PDF、docx、xlsx，可以一次选几个。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].widget.attrs["data-small"] = ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        return said | {"files": said.pop("papers", [])}


class ConcludeForm(PageForm):
    outcome = CleanTextField(
        label="办理结果", rows=4, max_length=LONG, help_text="何时何地、谁参加、提出什么要求。"
    )
    concluded_on = DateField(label="办理日期", required=False, help_text="不填为今天。")


class PauseForm(PageForm):
    until = DateField(label="暂停至", help_text="期满第二天自动恢复督办，最长 180 天。")
    note = CleanTextField(label="理由", rows=3, max_length=2000)
