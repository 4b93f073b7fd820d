"""What the fund desk types about money given to the county."""

from typing import Any

from django import forms

from funds.models import FundKind, FundLevel
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    PageForm,
)

YEAR_WORDS = dict.fromkeys(("invalid", "min_value", "max_value"), "请填写四位年份。")
CHECKED_HELP = "金额与同类相差很大而确实无误时才勾选。"


def year_field(label: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=2000, max_value=2100, error_messages=dict(YEAR_WORDS), **more
    )


def checked_field() -> forms.BooleanField:
    return forms.BooleanField(label="金额核对无误", required=False, help_text=CHECKED_HELP)


class AllocationForm(PageForm):
    sections = (
        ("下达文件", ("title", "paper_no", "level", "fund_kind", "year")),
        ("金额和日期", ("amount_fen", "sum_checked", "issued_on", "received_on", "note")),
    )

    title = CleanLineField(label="文件名称", max_length=100)
    paper_no = CleanCodeField(label="文号", max_length=60, help_text="例如：财农〔2026〕12号。")
    level = forms.ChoiceField(label="资金级别", choices=(("", "请选择"), *FundLevel.choices))
    fund_kind = forms.ModelChoiceField(
        label="资金种类", queryset=FundKind.objects.none(), empty_label="请选择"
    )
    year = year_field("预算年度", required=False, help_text="不填为下达日期所在的年度。")
    amount_fen = MoneyField(label="下达金额（元）")
    sum_checked = checked_field()
    issued_on = DateField(label="下达日期", latest_today=True)
    received_on = DateField(label="收到日期", latest_today=True)
    note = CleanTextField(label="说明", required=False, rows=2, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund_kind"].queryset = FundKind.objects.on()  # type: ignore[attr-defined]
