"""Shape of what people type about misused money."""

from django import forms

from funds.models import FundKind, Misuse, MisuseKind
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    PageForm,
    RegionField,
    UnitField,
)
from povertyaudit.core.models import Unit


class MisuseForm(PageForm):
    sections = (
        ("问题", ("title", "kind", "fund_kind", "amount_fen", "description")),
        ("责任和发现", ("responsible_unit", "region", "found_on", "how_found")),
    )

    title = CleanLineField(label="问题名称", max_length=100, help_text="一句话说明哪笔钱出了什么问题。")
    kind = forms.ModelChoiceField(label="问题类型", queryset=MisuseKind.objects.none(), empty_label="请选择")
    fund_kind = forms.ModelChoiceField(
        label="资金种类", queryset=FundKind.objects.none(), required=False, empty_label="未区分"
    )
    amount_fen = MoneyField(label="涉及金额（元）")
    description = CleanTextField(label="问题情况", rows=5)
    responsible_unit = UnitField(label="责任单位", queryset=Unit.objects.answering())
    region = RegionField(label="所属地区", required=False, help_text="不填则为责任单位所在地区。")
    found_on = DateField(label="发现日期", latest_today=True)
    how_found = forms.ChoiceField(label="发现途径", choices=Misuse.Source.choices)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = MisuseKind.objects.on()  # type: ignore[attr-defined]
        self.fields["fund_kind"].queryset = FundKind.objects.on()  # type: ignore[attr-defined]
