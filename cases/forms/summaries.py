"""What the registry changes of a summary before it is sent."""

from povertyaudit.core.forms import CleanTextField, OpinionForm


class SummaryTextForm(OpinionForm):
    text = CleanTextField(
        label="正文", rows=10, help_text="数据由系统统计，不能改写；文字可以修改。不写反映人信息。"
    )
    field_order = ("text", "note")
