"""What the desk types: registration, persons, numbers, the complainant, what he is told."""

from datetime import date
from typing import Any

from django import forms

from cases.forms.exchange import BatchField
from cases.forms.handling import LONG
from cases.forms.intake import CheckNoteField
from cases.models import (
    Axis,
    Category,
    Channel,
    IdentityStatus,
    Kind,
    SubjectKind,
)
from povertyaudit.core.forms import (
    CleanCodeField,
    CleanLineField,
    CleanTextField,
    DateField,
    MoneyField,
    OpinionForm,
    PageForm,
    RegionField,
    UploadField,
    UploadsField,
    formset_of,
)

SCANS_HELP = "只有本登记单位能查看，承办部门看不到。"


CHECKED = "核对"


class CategoryField(forms.ModelChoiceField):
    """A category of one axis in use on the day (today)."""

    def __init__(self, axis: str, **kwargs: Any) -> None:
        self.axis = axis
        kwargs.setdefault("to_field_name", "code")
        super().__init__(Category.objects.none(), required=False, empty_label="（无）", **kwargs)

    def in_use(self, day: date | None = None) -> None:
        """Read the list when the form is made, not when the program starts."""
        self.queryset = Category.objects.of_axis(self.axis).on(day)


class LeadFacts(PageForm):
    """What registration and amending share."""

    kind = forms.ChoiceField(
        label="类型", choices=Kind.choices, help_text="咨询求助、意见建议登记后直接答复，不计入问题线索。"
    )
    region = RegionField(label="问题属地")
    category = CategoryField(Axis.CORRUPTION, label="问题类别", help_text="与作风问题至少选一项。")
    style = CategoryField(Axis.STYLE, label="作风问题")
    amount_fen = MoneyField(label="涉及金额（元）", required=False)
    title = CleanLineField(label="反映问题摘要", max_length=100, help_text="一句话概括，不写反映人信息。")
    text = CleanTextField(
        label="反映的主要问题", required=False, rows=8, help_text="按原意概括，不写反映人信息，不照抄原信。"
    )

    check_note = CheckNoteField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, CategoryField):
                field.in_use()

    def grouped(self) -> list[tuple[str, list[Any]]]:
        """核对说明 stands there once something was found doubtful, or when it was written before."""
        said = [str(text) for texts in self.errors.values() for text in texts] if self.is_bound else []
        typed = self.data.get("check_note") if self.is_bound else self.initial.get("check_note")
        asked = typed or any("核对说明" in text for text in said)
        return [group for group in super().grouped() if asked or group[0] != CHECKED]


class RegisterForm(LeadFacts):
    sections = (
        ("来源", ("channel", "kind", "received_on", "batch", "result_due_on", "identity_status")),
        ("反映人（保密）", ("name", "phone", "id_number", "address", "remark")),
        ("反映的问题", ("region", "category", "style", "amount_fen", "title", "text")),
        (CHECKED, ("check_note",)),
        ("材料", ("petition_scans", "attachments")),
    )

    channel = forms.ChoiceField(label="来源渠道", choices=Channel.choices)
    received_on = DateField(label="受理日期", latest_today=True)
    batch = BatchField(
        label="交办批次", required=False, help_text="上级成批交办、巡视巡察成批移交的，选择批次。"
    )
    result_due_on = DateField(
        label="上级要求报结果日期", required=False, help_text="上级交办件按此日期计算期限；不填按三个月。"
    )
    identity_status = forms.ChoiceField(label="署名情况", choices=IdentityStatus.choices)
    name = CleanLineField(
        label="反映人姓名",
        max_length=60,
        required=False,
        protected=True,
        help_text="加密保存，只有本登记单位能查看，每次查看都有记录。",
    )
    phone = CleanLineField(label="反映人联系电话", max_length=40, required=False, protected=True)
    id_number = CleanLineField(label="反映人身份证号", max_length=30, required=False, protected=True)
    address = CleanLineField(label="反映人住址", max_length=200, required=False, protected=True)
    remark = CleanTextField(
        label="其他需要保密的情况", max_length=LONG, rows=2, required=False, protected=True
    )
    petition_scans = UploadsField(label="来信来访原件", required=False, help_text=SCANS_HELP)
    attachments = UploadsField(
        label="其他材料", required=False, help_text="承办部门可以查看，请先去除反映人信息。"
    )


class ComplainantForm(PageForm):
    """The vault's fields alone."""

    name = CleanLineField(label="反映人姓名", max_length=60, required=False, protected=True)
    phone = CleanLineField(label="反映人联系电话", max_length=40, required=False, protected=True)
    id_number = CleanLineField(label="反映人身份证号", max_length=30, required=False, protected=True)
    address = CleanLineField(label="反映人住址", max_length=200, required=False, protected=True)
    remark = CleanTextField(
        label="其他需要保密的情况", max_length=LONG, rows=2, required=False, protected=True
    )


class RevealForm(PageForm):
    reason = CleanLineField(
        label="查看事由", max_length=200, help_text="例如：受理告知、结果反馈、核实署名。查看会留下记录。"
    )


class SubjectForm(PageForm):
    name = CleanLineField(label="姓名", max_length=60)
    unit_text = CleanLineField(label="工作单位", max_length=100, required=False)
    post_text = CleanLineField(label="职务", max_length=100, required=False)
    kind = forms.ChoiceField(label="身份", choices=SubjectKind.choices, initial=SubjectKind.UNKNOWN)
    principal = forms.BooleanField(label="下一级党委（党组）主要负责人", required=False)
    category = CategoryField(Axis.CORRUPTION, label="此人的问题类别", help_text="与本件相同的不必选。")
    style = CategoryField(Axis.STYLE, label="此人的作风问题")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        SubjectForm.of_day(self, None)

    def of_day(self, day: date | None) -> None:
        """The terms in use on the day the lead was received."""
        for field in self.fields.values():
            if isinstance(field, CategoryField):
                field.in_use(day)


SubjectFormSet = formset_of(SubjectForm, "被反映人", row_word="人", extra=1)


class NumberForm(PageForm):
    issuer = CleanLineField(label="编号单位", max_length=60, help_text="例如：市纪委监委信访室。")
    number = CleanCodeField(label="编号", max_length=60)


NumberFormSet = formset_of(NumberForm, "上级或其他单位的编号", row_word="个编号", extra=0)


class AmendForm(LeadFacts):
    """Its categories are those of the day the lead was received."""

    sections = (
        ("登记内容", ("kind", "region", "category", "style", "amount_fen", "title", "text")),
        (CHECKED, ("check_note",)),
    )

    def of_day(self, day: date) -> None:
        for field in self.fields.values():
            if isinstance(field, CategoryField):
                field.in_use(day)


class AcknowledgeForm(OpinionForm):
    acknowledged_on = DateField(label="告知日期", latest_today=True)
    field_order = ("acknowledged_on", "note")


class VerifyIdentityForm(OpinionForm):
    verified = forms.TypedChoiceField(
        label="核实结果", choices=[("yes", "属实，按实名办理"), ("no", "不属实，按匿名办理")],
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    field_order = ("verified", "note")


class AttachForm(PageForm):
    file = UploadField(label="文件", help_text="图片、PDF、docx、xlsx；以内容为准。")
    title = CleanLineField(label="标题", required=False)
    desk_only = forms.BooleanField(label="来信来访原件", required=False, help_text=SCANS_HELP)
    step = forms.TypedChoiceField(
        label="属于哪一步", required=False, coerce=int, empty_value=None, choices=[("", "不属于某一步")],
        help_text="谈话笔录、函询回复、初核报告等选对应的步骤。",
    )  # fmt: skip
