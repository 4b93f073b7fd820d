"""What the registry changes of a summary before it is sent."""

from povertyaudit.core.forms import CleanCodeField, CleanTextField, OpinionForm


class SummaryTextForm(OpinionForm):
    text = CleanTextField(
        label="正文", rows=10, help_text="数据由系统统计，不能改写；文字可以修改。不写反映人信息。"
    )
    field_order = ("text", "note")


class TellForm(OpinionForm):
    document_number = CleanCodeField(
        label="文号", max_length=60, help_text="通报的文号，例如 青纪监一〔2026〕8 号。"
    )
    field_order = ("document_number", "note")
