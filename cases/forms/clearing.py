"""What is typed about 澄清 and 诬告陷害认定."""

from typing import Any

from django import forms

from cases.forms.asking import LEAD_HELP, lead_field
from cases.forms.handling import EMPTY, LONG
from cases.models import EndingTerm, Finder, LeadSubject
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    OpinionForm,
    PageForm,
)

NOBODY = "不写反映人的任何信息。"


class ClarificationForm(PageForm):
    lead = lead_field(label="线索编号", help_text=f"已查否或者函询采信了结的线索。{LEAD_HELP}")
    subject = forms.ModelChoiceField(
        LeadSubject.objects.all(), label="被反映人", to_field_name="public_id", empty_label="请选择",
        error_messages={"required": "请选择被反映人。", "invalid_choice": "没有找到这名被反映人，请重新选择。"},
    )  # fmt: skip
    way = forms.ModelChoiceField(
        EndingTerm.objects.none(), label="澄清方式", to_field_name="code", empty_label="请选择",
        error_messages={"required": "请选择澄清方式。", "invalid_choice": "没有这种澄清方式，请重新选择。"},
    )  # fmt: skip
    place = CleanLineField(label="地点或者单位", max_length=100, help_text="在哪里宣读、送到哪个单位。")
    text = CleanTextField(label="澄清内容", rows=5, max_length=LONG, help_text=f"写明查核结论。{NOBODY}")
    note = CleanTextField(label="说明", rows=2, required=False, max_length=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["way"].queryset = EndingTerm.objects.clearings().on()
        fields["subject"].label_from_instance = lambda one: f"{one.name}（{one.lead.number}）"


class CarryOutClarificationForm(OpinionForm):
    done_on = DateField(label="澄清日期", latest_today=True)
    informed = CleanLineField(
        label="知悉人员和范围", max_length=200, help_text=f"例如：村两委全体成员和本人。{NOBODY}"
    )
    field_order = ("done_on", "informed", "note")


class FalseAccusationForm(PageForm):
    lead = lead_field(label="线索编号", help_text=f"已查否的线索。{LEAD_HELP}")
    basis = CleanTextField(
        label="理由和依据", rows=5, max_length=LONG, help_text=f"写明哪些内容查明属于故意捏造。{NOBODY}"
    )
    note = CleanTextField(label="说明", rows=2, required=False, max_length=LONG)


class ConfirmForm(OpinionForm):
    level = forms.ChoiceField(label="认定机关层级", choices=[EMPTY, *Finder.choices])
    body = CleanLineField(label="认定机关", max_length=60, help_text="设区的市级以上党委或者纪检监察机关。")
    document_number = CleanCodeField(label="认定文号", max_length=60)
    document_on = DateField(label="认定日期", latest_today=True)
    field_order = ("level", "body", "document_number", "document_on", "note")
