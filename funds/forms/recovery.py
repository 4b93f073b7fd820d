"""Shape of what people type about money that came back, and about what is owed."""

from typing import Any

from django import forms

from funds.forms.asking import AskingForm, sure_field
from funds.models import Project, Recovery, Relief, ReturnConfirmation
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    NumberField,
    PageForm,
    RegionField,
    RequiredOpinionForm,
    UploadField,
    formset_of,
)

BY_HAND = [pair for pair in Recovery.Kind.choices if pair[0] != Recovery.Kind.WRITTEN_OFF]
VOUCHER = "缴款书、收据或者银行回单的号码；同一县内不能重复。"


class RecoveryForm(AskingForm):
    sections = (
        (
            "款项",
            ("kind", "amount_fen", "confirmed", "received_on", "voucher_no", "destination", "to_project"),
        ),
        ("退还群众的填写", ("household", "village")),
        ("", ("note",)),
    )

    kind = forms.ChoiceField(label="方式", choices=BY_HAND)
    amount_fen = MoneyField(label="金额（元）")
    confirmed = sure_field()
    received_on = DateField(label="到账日期", latest_today=True)
    voucher_no = CleanCodeField(label="凭证号", max_length=60, help_text=VOUCHER)
    destination = CleanLineField(
        label="去向", max_length=200,
        help_text="例如：缴入县国库；调整用途的写明调整到哪个项目；取消计划的写明取消的文号。",
    )  # fmt: skip
    to_project = NumberField(
        Project.objects.all(),
        label="调整到的项目",
        help_text="调整用途的填项目编号；项目库里没有的写在“去向”。",
    )
    household = CleanLineField(
        label="户主姓名", required=False, max_length=50, help_text="多户的请办理“登记退还群众”。"
    )
    village = RegionField(label="所在村", required=False)
    note = CleanTextField(label="说明", required=False, rows=3, max_length=2000)


class ReturnsForm(AskingForm):
    received_on = DateField(label="退还日期", latest_today=True)
    voucher_no = CleanCodeField(label="凭证号", max_length=60, help_text="发放表或者银行批量回单的号码。")
    confirmed = sure_field()
    note = CleanTextField(label="说明", required=False, rows=3, max_length=2000)


class SheetForm(AskingForm):
    sections = (
        ("款项", ("received_on", "voucher_no", "confirmed")), ("发放表", ("file", "text")), ("", ("note",)),
    )  # fmt: skip

    received_on = DateField(label="退还日期", latest_today=True)
    voucher_no = CleanCodeField(label="凭证号", max_length=60, help_text="发放表或者银行批量回单的号码。")
    confirmed = sure_field()
    file = UploadField(
        label="上传发放表", required=False, accept=".xlsx,.csv",
        help_text="xlsx 或 CSV，最多 2000 户。列名：户主姓名、所在村（可不填）、金额（元）；其他列不读，合计行请删去。",
    )  # fmt: skip
    text = CleanTextField(
        label="或者粘贴", required=False, rows=8, max_length=400_000, help_text="从表格连同列名一起复制过来。"
    )
    note = CleanTextField(label="说明", required=False, rows=3, max_length=2000)


class HouseholdForm(PageForm):
    household = CleanLineField(label="户主姓名", max_length=50)
    village = RegionField(label="所在村", required=False)
    amount_fen = MoneyField(label="金额（元）")


HouseholdRows = formset_of(HouseholdForm, "退还的农户", row_word="户", extra=1, least=1)


class VoidRecoveryForm(RequiredOpinionForm):
    field_order = ("recovery", "note")

    recovery = forms.ModelChoiceField(
        label="冲正哪一笔", queryset=Recovery.objects.none(), to_field_name="public_id", empty_label="请选择"
    )


class RaiseOwedForm(RequiredOpinionForm):
    field_order = ("amount_fen", "note")

    amount_fen = MoneyField(label="调增金额（元）", help_text="例如应计的利息、新查出的金额。")
    note = CleanTextField(label="理由", rows=3, max_length=500, help_text="写明为什么增加，记入台账。")


class ReliefForm(PageForm):
    kind = forms.ChoiceField(
        label="类别", choices=Relief.Kind.choices, widget=forms.RadioSelect,
        help_text="核销：应追缴但确实收不回来；核减：应追缴定多了。",
    )  # fmt: skip
    amount_fen = MoneyField(label="金额（元）")
    basis = CleanCodeField(label="依据文号", max_length=60, help_text="会议纪要、批复或者裁定的文号。")
    reason = CleanTextField(label="理由", rows=4, max_length=2000)


class DecideReliefForm(PageForm):
    granted = forms.TypedChoiceField(
        label="决定", choices=(("yes", "批准"), ("no", "不批准")), widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    note = CleanTextField(
        label="意见", required=False, rows=3, max_length=2000, help_text="不批准的写明理由。"
    )


class ConfirmReturnForm(PageForm):
    recovery = forms.ModelChoiceField(
        label="回访哪一户", queryset=Recovery.objects.none(), to_field_name="public_id", empty_label="请选择"
    )
    result = forms.ChoiceField(
        label="结果", choices=ReturnConfirmation.Result.choices, widget=forms.RadioSelect
    )
    way = forms.ChoiceField(label="方式", choices=ReturnConfirmation.Way.choices)
    asked_on = DateField(label="回访日期", latest_today=True)
    said = CleanLineField(
        label="群众怎么说", required=False, max_length=500, help_text="没有足额收到的必须写明。"
    )


def words_of(form: Any, name: str, rows: Any, words: Any) -> Any:
    """`form` with the choices of one field set to `rows`, each told by `words`."""
    form.fields[name].queryset = rows
    form.fields[name].label_from_instance = words
    return form
