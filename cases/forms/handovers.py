"""What the registry types about hand-overs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.forms.registering import CategoryField
from cases.models import Axis, Handover, HandoverRow, Lead, PartnerBody
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    OpinionForm,
    PageForm,
    RegionField,
    RequiredOpinionForm,
    UnitField,
    formset_of,
)


class LeadsField(forms.ModelMultipleChoiceField):
    """Leads by their numbers, one a line or with commas between; only those the person may know of are found."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(Lead.objects.all(), to_field_name="number", **kwargs)

    def clean(self, value: Any) -> Any:
        plain = to_halfwidth(value or "").replace("、", " ").replace(",", " ").replace(";", " ")
        numbers = list(dict.fromkeys(plain.split()))
        if not numbers:
            raise ValidationError("请填写要移送的线索编号。", "required")
        found = {lead.number: lead for lead in self.queryset.filter(number__in=numbers)}  # type: ignore[union-attr]
        if lost := [number for number in numbers if number not in found]:
            raise ValidationError(f"没有找到这些线索，请核对编号：{'、'.join(lost)[:200]}。", "unknown")
        return [found[number] for number in numbers]


class BodyField(forms.ModelChoiceField):
    """A kind of body in use today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(PartnerBody.objects.none(), to_field_name="code", empty_label="请选择", **kwargs)

    def in_use(self) -> None:
        """Read the list when the form is made, not when the program starts."""
        self.queryset = PartnerBody.objects.on()


class HandoverForm(PageForm):
    body = BodyField(label="对方机关类别")
    unit = UnitField(label="对方单位", required=False, help_text="系统中有的单位可以选择；没有的不填。")
    document = CleanLineField(label="移送文件", max_length=100, help_text="文件名称和文号。")
    handed_on = DateField(label="移送日期", latest_today=True)
    their_number = CleanCodeField(label="对方编号", max_length=60, required=False)
    text = CleanTextField(label="移送说明", rows=3, required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, BodyField):
                field.in_use()


class HandOutForm(HandoverForm):
    leads = LeadsField(label="移送的线索编号", help_text="每行一个编号，例如 990101-XF-2026-0001。")


class ItemForm(PageForm):
    title = CleanLineField(label="问题摘要", max_length=100)
    text = CleanTextField(label="主要问题", rows=3, required=False)
    persons = CleanLineField(
        label="涉及人员", max_length=100, required=False, help_text="几个人的用顿号分开。"
    )
    region = RegionField(label="问题属地", required=False)
    amount_fen = MoneyField(label="涉及金额（元）", required=False)


ItemFormSet = formset_of(ItemForm, "移送来的线索", row_word="条", extra=0, least=1)


class AmendHandoverForm(PageForm):
    unit = UnitField(label="对方单位", required=False)
    document = CleanLineField(label="移送文件", max_length=100)
    their_number = CleanCodeField(label="对方编号", max_length=60, required=False)
    text = CleanTextField(label="移送说明", rows=3, required=False, max_length=2000)


class MissedField(forms.ModelMultipleChoiceField):
    """The rows of a hand-over the receipt does not name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        super().__init__(HandoverRow.objects.none(), to_field_name="public_id", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return row_words(obj)


def row_words(row: Any) -> str:
    """E.g. “第 2 条 990101-XF-2026-0012”."""
    return f"第 {row.ordinal} 条 {row.lead.number if row.lead else row.told('title') or ''}".strip()


class ReceiptForm(OpinionForm):
    receipt_on = DateField(label="回执日期", latest_today=True)
    receipt_by = CleanLineField(
        label="回执人", max_length=60, help_text="对方（移入的为本机关）出具回执的人员。"
    )
    receipt_number = CleanCodeField(label="回执编号", max_length=60, required=False)
    missed = MissedField(
        label="回执没有载明的线索", required=False, help_text="对方没有确认的勾选，列入对账差异。"
    )
    field_order = ("receipt_on", "receipt_by", "receipt_number", "missed", "note")

    def of(self, handover: Handover, rows: Any) -> None:
        """What comes in has nothing for them to confirm."""
        if handover.is_out:
            self.fields["missed"].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields["missed"]


class HandBackForm(RequiredOpinionForm):
    returned_on = DateField(label="退回日期", latest_today=True)
    field_order = ("returned_on", "note")


class AnswerForm(PageForm):
    answered_on = DateField(label="反馈日期", latest_today=True)
    answer_text = CleanTextField(label="办理结果", rows=5)


class RowField(forms.ModelChoiceField):
    """A row that is neither registered nor refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            HandoverRow.objects.none(), to_field_name="public_id", empty_label="请选择", **kwargs
        )

    def label_from_instance(self, obj: Any) -> str:
        return row_words(obj)


class RegisterRowForm(PageForm):
    row = RowField(label="哪一条")
    title = CleanLineField(label="反映问题摘要", max_length=100)
    region = RegionField(label="问题属地")
    category = CategoryField(Axis.CORRUPTION, label="问题类别", help_text="与作风问题至少选一项。")
    style = CategoryField(Axis.STYLE, label="作风问题")
    amount_fen = MoneyField(label="涉及金额（元）", required=False)
    text = CleanTextField(label="反映的主要问题", required=False, rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, CategoryField):
                field.in_use()


class RefuseRowForm(RequiredOpinionForm):
    row = RowField(label="哪一条")
    field_order = ("row", "note")
