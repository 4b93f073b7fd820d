"""What the desk types of where a lead came from, and of the way back."""

from cases.forms.handling import LONG
from povertyaudit.core.forms import CleanLineField, CleanTextField, PageForm


class ReturnForm(PageForm):
    returned_to = CleanLineField(label="退回单位", max_length=100)
    note = CleanTextField(
        label="退回理由", rows=3, max_length=LONG, help_text="例如：不属于本机关管辖，应由市纪委监委办理。"
    )
