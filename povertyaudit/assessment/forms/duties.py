"""Shape of what people type about the rhythm of inspections."""

from django import forms

from inspections.models import Round, VisitPlan
from povertyaudit.assessment.forms.assessments import LONG, whole
from povertyaudit.assessment.models.duties import DutyKind
from povertyaudit.assessment.spans import PeriodKind
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    RegionField,
    UnitField,
)


class DutyRuleForm(PageForm):
    sections = (
        ("规定", ("name", "code", "kind", "region", "office")),
        ("时间", ("cadence", "due_days", "open_days")),
        ("施行", ("valid_from", "anchor", "note")),
    )

    name = CleanLineField(label="名称", max_length=50)
    code = CleanCodeField(label="代码", max_length=30, help_text="填现有规定的代码，就是修改那条规定。")
    kind = forms.ChoiceField(label="督查种类", choices=DutyKind.choices)
    region = RegionField(label="适用地区")
    office = UnitField(label="负责单位")
    cadence = forms.ChoiceField(label="周期", choices=PeriodKind.choices)
    due_days = whole("一期开始后几天内完成", 366, least=1)
    open_days = whole(
        "到期前几天列入", 366, least=0, help_text="列入以后在负责单位的“我的工作”，到期逐级提醒。"
    )
    valid_from = DateField(label="自哪一天起", earliest_today=True)
    anchor = CleanLineField(label="依据", max_length=200, required=False)
    note = CleanTextField(label="理由", rows=2, max_length=LONG, required=False)


class FulfilForm(PageForm):
    done_on = DateField(label="完成日期", latest_today=True)
    round = forms.ModelChoiceField(
        Round.objects.all(),
        label="巡察轮次",
        required=False,
        to_field_name="public_id",
        empty_label="不是轮次",
    )
    plan = forms.ModelChoiceField(
        VisitPlan.objects.filter(state=VisitPlan.State.FINISHED), label="走访计划", required=False,
        to_field_name="public_id", empty_label="不是走访计划",
    )  # fmt: skip
    paper = CleanLineField(
        label="文件", required=False, max_length=200, help_text="文件名称和文号。三项至少填一项。"
    )
    note = CleanTextField(label="完成情况", rows=3, max_length=LONG, required=False)
