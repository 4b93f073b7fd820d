"""What the hotline's desk, the units and the leaders type."""

from datetime import date
from typing import Any

from django import forms

from cases.forms.handling import EMPTY, LONG
from cases.forms.registering import CategoryField, ComplainantForm
from cases.models import AnswerWay, Axis, CallAxis, CallCategory, HotlineCall, Instruction
from povertyaudit.core import vault
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    OpinionForm,
    PageForm,
    RegionField,
    UnitField,
)
from povertyaudit.core.models import Unit

MINUTE = "%Y-%m-%dT%H:%M"


class CallerForm(ComplainantForm):
    """The vault's fields, in the words of the hotline."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in vault.IDENTITY_FIELDS:
            field: Any = self.fields[name]
            field.label = str(field.label).replace("反映人", "来电人")


class CallForm(CallerForm):
    sections = (
        ("来电", ("received_at", "category", "urgent", "region", "title", "text")),
        ("来电人（保密）", ("name", "phone", "id_number", "address", "remark")),
    )

    received_at = forms.DateTimeField(
        label="来电时间", input_formats=[MINUTE, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        error_messages={"required": "请填写来电时间。", "invalid": "请填写日期和时间，例如 2026-11-24 09:30。"},
    )  # fmt: skip
    category = forms.ModelChoiceField(
        CallCategory.objects.none(), label="来电类别", to_field_name="code", empty_label="请选择",
        help_text="反映干部问题的来电只转为问题线索或转本机关部门，不转被反映的地方。",
        error_messages={"required": "请选择来电类别。", "invalid_choice": "没有这个类别，请重新选择。"},
    )  # fmt: skip
    urgent = forms.BooleanField(
        label="紧急", required=False, help_text="涉及人身安全、正在发生的，立即告知领导。"
    )
    region = RegionField(label="反映的地方")
    title = CleanLineField(label="来电摘要", max_length=100, help_text="一句话概括，不写来电人信息。")
    text = CleanTextField(
        label="来电内容", required=False, rows=6, max_length=LONG, help_text="不写来电人姓名、电话。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.queryset = CallCategory.objects.on()
        field.choices = [EMPTY, *grouped(field.queryset)]


def grouped(categories: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The categories under the words of their axis."""
    found: dict[str, list[tuple[str, str]]] = {}
    for term in categories:
        found.setdefault(CallAxis(term.axis).label, []).append((term.code, term.name))
    return list(found.items())


class TransferForm(OpinionForm):
    unit = UnitField(label="办理单位")
    due_on = DateField(label="办理期限", required=False, help_text="不填按期限规则：紧急来电一个工作日。")

    field_order = ("unit", "due_on", "note")


class CallReplyForm(PageForm):
    reply_text = CleanTextField(label="办理情况", rows=6, max_length=LONG, help_text="信访室据此回复来电人。")


class AnswerForm(PageForm):
    answer_way = forms.ChoiceField(label="回复方式", choices=[EMPTY, *AnswerWay.choices])
    answered_on = DateField(label="回复日期", latest_today=True)
    answer_text = CleanTextField(
        label="回复内容",
        rows=5,
        max_length=LONG,
        help_text="写明怎样答复、来电人是否满意；不写来电人姓名、电话。",
    )


class MakeLeadForm(PageForm):
    sections = (("问题线索", ("category", "style", "amount_fen")),)

    category = CategoryField(Axis.CORRUPTION, label="问题类别", help_text="与作风问题至少选一项。")
    style = CategoryField(Axis.STYLE, label="作风问题")
    amount_fen = MoneyField(label="涉及金额（元）", required=False)

    def of_day(self, day: date) -> None:
        for name in ("category", "style"):
            field: Any = self.fields[name]
            field.in_use(day)


class InstructForm(PageForm):
    call = forms.ModelChoiceField(
        HotlineCall.objects.all(), label="批示哪一件", required=False, to_field_name="public_id",
        empty_label="整期快报", error_messages={"invalid_choice": "这件来电不在本期快报里，请改选。"},
    )  # fmt: skip
    text = CleanTextField(label="批示", rows=4, max_length=LONG)
    unit = UnitField(
        label="落实部门", required=False, queryset=Unit.objects.offices(), kinds="room",
        help_text="不填由汇编快报的信访室落实。",
    )  # fmt: skip
    due_on = DateField(label="报告期限", required=False, help_text="不填按期限规则。")


class ReportForm(PageForm):
    instruction = forms.ModelChoiceField(
        Instruction.objects.none(), label="批示", to_field_name="public_id", empty_label="请选择",
        error_messages={"required": "请选择批示。", "invalid_choice": "没有找到这条批示，请重新选择。"},
    )  # fmt: skip
    answer_text = CleanTextField(label="落实情况", rows=5, max_length=LONG)
