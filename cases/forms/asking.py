"""What is typed about interference and accountability."""

from typing import Any

from django import forms

from cases.forms.handling import EMPTY, LONG
from cases.models import Interference, Lead, Responsible
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    PageForm,
    formset_of,
)

LEAD_HELP = "填写完整编号，例如 990101-XF-2026-0001。"


def lead_field(**more: Any) -> forms.ModelChoiceField:
    unknown = "没有找到这件线索，请核对编号。"
    return forms.ModelChoiceField(
        queryset=Lead.objects.all(), to_field_name="number", widget=forms.TextInput(),
        error_messages={"invalid_choice": unknown, "required": "请填写线索编号。"}, **more,
    )  # fmt: skip


class InterferenceForm(PageForm):
    sections = (("谁打听干预", ("asker", "asker_post", "asked_on", "way")), ("内容", ("text", "lead")))

    asker = CleanLineField(label="打听干预人", max_length=60)
    asker_post = CleanLineField(label="单位职务", max_length=100, required=False)
    asked_on = DateField(label="时间", latest_today=True)
    way = forms.ChoiceField(label="方式", choices=[EMPTY, *Interference.Way.choices])
    text = CleanTextField(label="打听干预的内容", rows=5, max_length=LONG)
    lead = lead_field(label="涉及的线索编号", required=False, help_text=f"不清楚的不填。{LEAD_HELP}")


class HandleForm(PageForm):
    handling = CleanTextField(label="处理情况", rows=5, max_length=LONG)


class ResponsibleForm(PageForm):
    kind = forms.ChoiceField(label="对象", choices=[EMPTY, *Responsible.Kind.choices])
    name = CleanLineField(label="姓名或名称", max_length=100)
    post_text = CleanLineField(label="单位职务", max_length=100, required=False)
    duty = forms.ChoiceField(label="责任类型", choices=[EMPTY, *Responsible.Duty.choices])


ResponsibleFormSet = formset_of(ResponsibleForm, "问责对象", row_word="个", least=1)


class AccountabilityForm(PageForm):
    lead = lead_field(label="来源线索编号", help_text=LEAD_HELP)
    title = CleanLineField(label="问责事由", max_length=200)
    own_staff = forms.BooleanField(
        label="涉及本机关人员（刀刃向内）",
        required=False,
        help_text="勾选后只有案管室、主要负责人和办理部门能看到。",
    )


class MeasureForm(PageForm):
    responsible = forms.ModelChoiceField(
        label="问责对象", queryset=Responsible.objects.all(), to_field_name="public_id", empty_label="请选择"
    )
    measure = forms.ChoiceField(label="问责方式", choices=[EMPTY, *Responsible.Measure.choices])


class DecideAccountabilityForm(PageForm):
    document = CleanCodeField(label="决定文号", max_length=60)
    note = CleanTextField(label="意见", required=False, rows=3, max_length=LONG)


class CarryOutForm(PageForm):
    result = CleanTextField(label="落实情况", rows=5, max_length=LONG)
