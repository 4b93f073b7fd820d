"""What leaders and offices type: dispatch, opinions, steps, endings."""

from typing import Any

from django import forms

from cases.forms.exchange import OfficesField
from cases.forms.persons import UsersField
from cases.models import (
    CloseKind,
    DispatchMode,
    Lead,
    SpecialMode,
)
from cases.roles import HANDLERS, LEADERS
from povertyaudit.core.forms import (
    CleanLineField,
    CleanTextField,
    DateField,
    OpinionForm,
    PageForm,
    RequiredOpinionForm,
    UnitField,
    UserField,
    reason_field,
)
from povertyaudit.core.models import Purpose, Role, Unit, User

EMPTY = ("", "请选择")
LONG = 2000


class DispatchForm(PageForm):
    sections = (
        ("分办", ("mode", "handling_unit", "handler", "leader", "result_due_on")),
        ("领导批示", ("instruction",)),
        ("协办、督办", ("assisting_units", "supervisor")),
        ("提级、交叉、直查直办", ("special_mode", "special_reason", "special_decider")),
    )

    mode = forms.ChoiceField(label="办理方式", choices=DispatchMode.choices)
    handling_unit = UnitField(label="承办部门", queryset=Unit.objects.offices(), kinds="room")
    handler = UserField(label="承办人", required=False, help_text="可以由承办部门签收时确定。")
    leader = UserField(label="分管领导", help_text="处置意见由这位领导审批。")
    result_due_on = DateField(
        label="要求报结果日期", required=False, help_text="交办须填写；上级有要求的也填写，按此日期计算期限。"
    )
    assisting_units = OfficesField(label="协办部门", required=False, help_text="办理方式为协办的至少选一个。")
    supervisor = UserField(
        label="督办人", required=False, help_text="办理方式为督办而不填的，由分管领导督办。"
    )
    special_mode = forms.ChoiceField(
        label="特殊办理方式", choices=[("", "（没有）"), *SpecialMode.choices], required=False
    )
    special_reason = CleanTextField(label="理由", rows=2, required=False, max_length=LONG)
    special_decider = UserField(label="决定人", required=False, help_text="不填为分管领导。")
    instruction = CleanTextField(label="领导批示或分办意见", rows=4, max_length=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pressing = LEADERS | {Role.CASE_MANAGER}
        narrow_people(self, handler=HANDLERS, leader=LEADERS, supervisor=pressing, special_decider=LEADERS)


def narrow_people(form: Any, **roles: frozenset[str]) -> None:
    """Offer only holders of these roles today."""
    for name, wanted in roles.items():
        field: Any = form.fields[name]
        field.queryset = field.queryset.filter(pk__in=User.objects.holding(wanted).values("pk"))


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
    reason_code = reason_field(Purpose.HOLD)
    field_order = ("review_on", "reason_code", "note")


class HandBackForm(RequiredOpinionForm):
    reason_code = reason_field(Purpose.HAND_BACK)
    field_order = ("reason_code", "note")


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
    superior_body = CleanLineField(
        label="批准延长的上一级机关", max_length=60, required=False, help_text="延长审查调查等期限时填写。"
    )
    document_number = CleanLineField(label="批准文号", max_length=60, required=False)
    reason_code = reason_field(Purpose.EXTENSION)
    field_order = (
        "clock",
        "amount",
        "unit",
        "due_on",
        "superior_body",
        "document_number",
        "reason_code",
        "note",
    )


class AssignForm(OpinionForm):
    handler = UserField(label="承办人", required=False)
    leader = UserField(label="分管领导", required=False, help_text="由案管室按领导批示调整。")
    participants = UsersField(
        label="增加参加人员",
        required=False,
        help_text="加入正在办理的步骤；因回避停办的谈话和初核须补足两人。",
    )
    field_order = ("handler", "leader", "participants", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_people(self, leader=LEADERS)


class RecuseForm(RequiredOpinionForm):
    person = UserField(
        label="回避人员", required=False, help_text="不选则为本人申请回避。回避后不再能看到这件线索。"
    )
    field_order = ("person", "note")
