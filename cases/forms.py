"""Shape of what people type about leads. What must be true is said by the services."""

from datetime import date
from typing import Any

from django import forms

from cases.models import (
    Axis,
    Category,
    Channel,
    CloseKind,
    DispatchMode,
    IdentityStatus,
    Kind,
    Lead,
    SubjectKind,
    SubMethod,
)
from cases.services.disposing import PROPOSABLE
from cases.workflow import HANDLERS, LEADERS
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
    UploadField,
    UploadsField,
    UserField,
    formset_of,
)
from povertyaudit.core.models import Unit, User

SCANS_HELP = "只有本登记单位能查看，承办部门看不到。"
EMPTY = ("", "请选择")
LONG = 2000


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, CategoryField):
                field.in_use()


class RegisterForm(LeadFacts):
    sections = (
        ("来源", ("channel", "kind", "received_on", "result_due_on", "identity_status")),
        ("反映人（保密）", ("name", "phone", "id_number", "address", "remark")),
        ("反映的问题", ("region", "category", "style", "amount_fen", "title", "text")),
        ("材料", ("petition_scans", "attachments")),
    )

    channel = forms.ChoiceField(label="来源渠道", choices=Channel.choices)
    received_on = DateField(label="受理日期", latest_today=True)
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


SubjectFormSet = formset_of(SubjectForm, "被反映人", row_word="人", extra=1)


class NumberForm(PageForm):
    issuer = CleanLineField(label="编号单位", max_length=60, help_text="例如：市纪委监委信访室。")
    number = CleanCodeField(label="编号", max_length=60)


NumberFormSet = formset_of(NumberForm, "上级或其他单位的编号", row_word="个编号", extra=0)


class AmendForm(LeadFacts):
    """Its categories are those of the day the lead was received."""

    sections = (("登记内容", ("kind", "region", "category", "style", "amount_fen", "title", "text")),)

    def of_day(self, day: date) -> None:
        for field in self.fields.values():
            if isinstance(field, CategoryField):
                field.in_use(day)


class DispatchForm(PageForm):
    sections = (
        ("分办", ("mode", "handling_unit", "handler", "leader", "result_due_on")),
        ("领导批示", ("instruction",)),
    )

    mode = forms.ChoiceField(label="办理方式", choices=DispatchMode.choices)
    handling_unit = UnitField(label="承办部门", queryset=Unit.objects.offices(), kinds="room")
    handler = UserField(label="承办人", required=False, help_text="可以由承办部门签收时确定。")
    leader = UserField(label="分管领导", help_text="处置意见由这位领导审批。")
    result_due_on = DateField(
        label="要求报结果日期", required=False, help_text="上级有要求的填写，按此日期计算期限。"
    )
    instruction = CleanTextField(label="领导批示或分办意见", rows=4, max_length=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_people(self, handler=HANDLERS, leader=LEADERS)


def narrow_people(form: Any, **roles: frozenset[str]) -> None:
    """Offer only holders of these roles today."""
    for name, wanted in roles.items():
        field: Any = form.fields[name]
        field.queryset = field.queryset.filter(pk__in=User.objects.holding(wanted).values("pk"))


class ProposeForm(PageForm):
    method = forms.ChoiceField(label="处置方式", choices=[EMPTY, *((m.value, m.label) for m in PROPOSABLE)])
    sub_method = forms.ChoiceField(
        label="谈话函询的具体方式", choices=[("", "（不是谈话函询）"), *SubMethod.choices], required=False
    )
    discussed_on = DateField(label="集体研究日期", required=False, latest_today=True)
    proposal = CleanTextField(label="处置意见和理由", rows=6)


class FinishForm(PageForm):
    result = CleanTextField(label="办理情况和结果", rows=6)


class ReplyForm(PageForm):
    replied_on = DateField(label="谈话完成或收到函询回复日期", latest_today=True)
    note = CleanTextField(label="说明", required=False, rows=3, max_length=LONG)


class FileCaseForm(OpinionForm):
    handling_unit = UnitField(
        label="审查调查部门", queryset=Unit.objects.offices(), kinds="room", required=False,
        help_text="不填则由当前承办部门审查调查。",
    )  # fmt: skip
    field_order = ("handling_unit", "note")


class HoldForm(OpinionForm):
    review_on = DateField(
        label="复核日期", earliest_today=True, help_text="到期提醒再看一次是否具备核查条件。"
    )
    field_order = ("review_on", "note")


class ConcludeForm(PageForm):
    close_kind = forms.ChoiceField(label="办结方式", choices=[EMPTY, *CloseKind.choices])
    result_text = CleanTextField(label="办结情况", rows=6)


class ForwardForm(OpinionForm):
    forwarded_to = CleanLineField(label="转往机关", max_length=100)
    forward_receipt = CleanLineField(label="回执编号", max_length=100, required=False)
    field_order = ("forwarded_to", "forward_receipt", "note")


class MergeForm(OpinionForm):
    into = forms.ModelChoiceField(
        label="并入线索编号", queryset=Lead.objects.all(), to_field_name="number", widget=forms.TextInput(),
        help_text="填写完整编号，例如 990101-XF-2026-0001。",
        error_messages={"invalid_choice": "没有找到这件线索，请核对编号。", "required": "请填写要并入的线索编号。"},
    )  # fmt: skip
    field_order = ("into", "note")


class ExtendForm(RequiredOpinionForm):
    UNITS = (("months", "个月"), ("working_days", "个工作日"), ("days", "日"))

    clock = forms.ChoiceField(label="哪一项期限")
    amount = forms.IntegerField(
        label="延长", required=False, min_value=1, max_value=365,
        error_messages={"invalid": "请填写整数。", "min_value": "至少延长 1。", "max_value": "最多延长 365。"},
    )  # fmt: skip
    unit = forms.ChoiceField(label="单位", choices=UNITS)
    due_on = DateField(label="或：上级重新指定的日期", required=False)
    field_order = ("clock", "amount", "unit", "due_on", "note")


class AssignForm(OpinionForm):
    handler = UserField(label="承办人", required=False)
    leader = UserField(label="分管领导", required=False, help_text="由案管室按领导批示调整。")
    field_order = ("handler", "leader", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_people(self, leader=LEADERS)


class RecuseForm(RequiredOpinionForm):
    person = UserField(
        label="回避人员", required=False, help_text="不选则为本人申请回避。回避后不再能看到这件线索。"
    )
    field_order = ("person", "note")


class AcknowledgeForm(OpinionForm):
    acknowledged_on = DateField(label="告知日期", latest_today=True)
    field_order = ("acknowledged_on", "note")


class FeedbackForm(OpinionForm):
    fed_back_on = DateField(label="反馈日期", latest_today=True)
    note = CleanTextField(label="反馈情况和异议", required=False, rows=3, max_length=LONG)
    field_order = ("fed_back_on", "note")


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
