"""Shape of what people type about misused money."""

from typing import Any

from django import forms

from cases.models import Lead
from funds.forms.asking import AskingForm, sure_field
from funds.models import FundKind, Misuse, MisuseKind, MisuseNature, Project
from inspections.models import Finding
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    NumberField,
    RegionField,
    UnitField,
)
from povertyaudit.core.models import Unit


class MisuseForm(AskingForm):
    sections = (
        (
            "问题",
            (
                "title",
                "kind",
                "nature",
                "fund_kind",
                "amount_fen",
                "confirmed",
                "period_from",
                "period_to",
                "description",
            ),
        ),
        ("应追缴", ("owed_fen", "owed_reason")),
        ("责任和发现", ("responsible_unit", "region", "found_on", "how_found", "project", "finding", "lead")),
    )

    title = CleanLineField(label="问题名称", max_length=100, help_text="一句话说明哪笔钱出了什么问题。")
    kind = forms.ModelChoiceField(label="问题类型", queryset=MisuseKind.objects.none(), empty_label="请选择")
    nature = forms.ModelChoiceField(
        label="问题性质", queryset=MisuseNature.objects.none(), required=False, empty_label="未区分",
        help_text="属于腐败还是作风问题。",
    )  # fmt: skip
    fund_kind = forms.ModelChoiceField(
        label="资金种类", queryset=FundKind.objects.none(), required=False, empty_label="未区分"
    )
    amount_fen = MoneyField(label="涉及金额（元）")
    confirmed = sure_field()
    period_from = DateField(label="发生期间（起）", required=False, latest_today=True)
    period_to = DateField(label="发生期间（止）", required=False, latest_today=True)
    description = CleanTextField(label="问题情况", rows=5)
    owed_fen = MoneyField(label="应追缴金额（元）", required=False, help_text="不填为全部涉及金额。")
    owed_reason = CleanLineField(
        label="少于涉及金额的理由", required=False, max_length=500, help_text="应追缴少于涉及金额时填写。"
    )
    responsible_unit = UnitField(label="责任单位", queryset=Unit.objects.answering())
    region = RegionField(label="所属地区", required=False, help_text="不填则为责任单位所在地区。")
    found_on = DateField(label="发现日期", latest_today=True)
    how_found = forms.ChoiceField(label="发现途径", choices=Misuse.Source.choices)
    project = NumberField(Project.objects.all(), label="相关项目", help_text="填项目编号。")
    finding = NumberField(
        Finding.objects.all(), label="巡察发现的问题", help_text="由巡察问题登记的，填问题编号。"
    )
    lead = NumberField(
        Lead.objects.all(),
        label="相关线索",
        help_text="填线索编号；涉及的人员只在线索中登记，不写在问题情况里。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("kind", MisuseKind), ("nature", MisuseNature), ("fund_kind", FundKind)):
            self.fields[name].queryset = model.objects.on()  # type: ignore[attr-defined]
