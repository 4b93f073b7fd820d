"""What 审理室, 案管室 and the investigators type from 立案 to execution."""

from typing import Any

from django import forms

from cases.forms.handling import EMPTY, LONG, narrow_people
from cases.forms.registering import CategoryField
from cases.models import (
    Axis,
    CaseMoney,
    Channel,
    Correction,
    Duty,
    LeadSubject,
    Measure,
    Outcome,
    OutcomeKind,
    SubjectKind,
)
from cases.models.measures import kind_of
from cases.roles import LEADERS
from cases.services.deciding import PROBATIONS
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
    UserField,
    formset_of,
)
from povertyaudit.core.models import Unit

TRUTH = (("", "以登记的身份为准"), ("yes", "是"), ("no", "否"))


def measures(*kinds: str) -> list[Any]:
    """The measures of these kinds, grouped as people look for them."""
    groups = [
        (
            str(kind.label),
            [(m.value, m.label) for m in Measure if kind_of(m) == kind and m != Measure.REVOKED],
        )
        for kind in OutcomeKind
        if kind in kinds
    ]
    return [EMPTY, *groups]


def subject_field(label: str = "人员") -> Any:
    return forms.ModelChoiceField(
        label=label, queryset=LeadSubject.objects.none(), to_field_name="public_id", empty_label="请选择"
    )


def truth_field() -> Any:
    return forms.TypedChoiceField(
        label="是否中共党员",
        choices=TRUTH,
        required=False,
        empty_value=None,
        coerce=lambda value: value == "yes",
    )


def months_field() -> Any:
    choices = [("", "（不是留党察看）"), *((number, f"{number // 12} 年") for number in PROBATIONS)]
    return forms.TypedChoiceField(
        label="察看期", choices=choices, required=False, coerce=int, empty_value=None
    )


class FilePersonForm(OpinionForm):
    subject = subject_field("立案人员")
    party_member = truth_field()
    party_filed_on = DateField(label="党纪立案日期", required=False, latest_today=True)
    party_body = CleanLineField(
        label="党纪立案机关", max_length=60, required=False, help_text="不填则为承办机关。"
    )
    state_filed_on = DateField(label="政务立案日期", required=False, latest_today=True)
    state_body = CleanLineField(
        label="政务立案机关", max_length=60, required=False, help_text="不填则为承办机关。"
    )
    field_order = (
        "subject", "party_member", "party_filed_on", "party_body", "state_filed_on", "state_body", "note",
    )  # fmt: skip


class DecideForm(PageForm):
    sections = (
        ("决定", ("subject", "measure", "decided_on", "body", "document_number", "facts")),
        ("有下列情形的填写", ("party_member", "probation_months", "no_party_post", "criminal", "earlier")),
        ("", ("note",)),
    )

    subject = subject_field("被处理人")
    measure = forms.ChoiceField(
        label="处理", choices=measures(*OutcomeKind.values), help_text="一人有几项处理的，逐项登记。"
    )
    decided_on = DateField(label="决定日期", latest_today=True)
    body = CleanLineField(label="决定机关", max_length=60, required=False, help_text="不填则为承办机关。")
    document_number = CleanCodeField(
        label="文号", max_length=60, required=False, help_text="党纪政务处分和移送检察机关须填写。"
    )
    facts = CleanTextField(label="违纪违法事实", rows=4, required=False)
    party_member = truth_field()
    probation_months = months_field()
    no_party_post = forms.BooleanField(label="应撤销党内职务但没有党内职务，给予严重警告", required=False)
    criminal = forms.BooleanField(label="因犯罪被追究刑事责任", required=False)
    earlier = forms.ModelChoiceField(
        label="影响期内的原处分", queryset=Outcome.objects.all(), to_field_name="number", required=False,
        widget=forms.TextInput(), help_text="此人在其他线索中受到、影响期未满的同类处分，填写处理结果编号；本线索的自动合并。",
        error_messages={"invalid_choice": "没有找到这项处理结果，请核对编号。"},
    )  # fmt: skip
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)


class SuggestForm(PageForm):
    subject = subject_field("被处理人")
    measure = forms.ChoiceField(label="建议给予的组织处理", choices=measures(OutcomeKind.ORG))
    body = CleanLineField(label="建议送达的机关", max_length=60, help_text="例如：县委组织部。由该机关决定。")
    suggested_on = DateField(label="建议日期", latest_today=True)
    facts = CleanTextField(label="事实和理由", rows=4, required=False)


class RecordMoneyForm(OpinionForm):
    subject = subject_field()
    kind = forms.ChoiceField(label="方式", choices=[EMPTY, *CaseMoney.Kind.choices])
    owed_fen = MoneyField(label="应缴金额（元）")
    taken_fen = MoneyField(label="已缴金额（元）", required=False)
    returned_fen = MoneyField(label="其中退还群众（元）", required=False)
    paper = CleanCodeField(label="文书或者凭证号", max_length=60)
    field_order = ("subject", "kind", "owed_fen", "taken_fen", "returned_fen", "paper", "note")


class NoteMoneyForm(OpinionForm):
    money = forms.ModelChoiceField(
        label="哪一笔", queryset=CaseMoney.objects.none(), to_field_name="public_id", empty_label="请选择"
    )
    taken_fen = MoneyField(label="到现在一共已缴（元）")
    returned_fen = MoneyField(label="其中退还群众（元）", required=False, help_text="不填则不变。")
    paper = CleanCodeField(label="凭证号", max_length=60)
    field_order = ("money", "taken_fen", "returned_fen", "paper", "note")


class RecordDecisionForm(OpinionForm):
    measure = forms.ChoiceField(label="决定的组织处理", choices=measures(OutcomeKind.ORG))
    decided_on = DateField(label="决定日期", latest_today=True)
    body = CleanLineField(
        label="决定机关", max_length=60, required=False, help_text="不填则为建议送达的机关。"
    )
    document_number = CleanCodeField(label="文号", max_length=60)
    field_order = ("measure", "decided_on", "body", "document_number", "note")


class ExecutionForm(OpinionForm):
    duty = forms.ModelChoiceField(
        label="执行事项", queryset=Duty.objects.none(), to_field_name="public_id", empty_label="请选择"
    )
    done_on = DateField(label="完成日期", latest_today=True)
    applies = forms.TypedChoiceField(
        label="情况", choices=(("yes", "已办理"), ("no", "不涉及")), coerce=lambda value: value == "yes"
    )
    paper = CleanLineField(
        label="文书或者说明", max_length=200, help_text="例如：宣布记录、工资变动审批表；不涉及的写明原因。"
    )
    field_order = ("duty", "done_on", "applies", "paper", "note")


class ExtendExecutionForm(RequiredOpinionForm):
    months = forms.TypedChoiceField(
        label="延长办理变更手续的期限", choices=[(n, f"{n} 个月") for n in range(1, 6)], coerce=int,
        help_text="连同原来的一个月，最长不超过六个月（政务处分法第五十四条）。",
    )  # fmt: skip
    field_order = ("months", "note")


class ReturnCaseForm(RequiredOpinionForm):
    returned_on = DateField(label="退回日期", latest_today=True)
    field_order = ("returned_on", "note")


class CorrectForm(RequiredOpinionForm):
    correction = forms.ChoiceField(label="方式", choices=[EMPTY, *Correction.choices])
    measure = forms.ChoiceField(
        label="变更后的处理",
        choices=measures(*OutcomeKind.values),
        required=False,
        help_text="撤销原决定的不填。",
    )
    decided_on = DateField(label="决定日期", latest_today=True)
    body = CleanLineField(label="决定机关", max_length=60, required=False, help_text="不填则为原决定机关。")
    document_number = CleanCodeField(label="文号", max_length=60)
    probation_months = months_field()
    no_party_post = forms.BooleanField(label="应撤销党内职务但没有党内职务，给予严重警告", required=False)
    field_order = (
        "correction", "measure", "decided_on", "body", "document_number", "probation_months", "no_party_post", "note",
    )  # fmt: skip


class PastPersonForm(PageForm):
    name = CleanLineField(label="姓名", max_length=60)
    unit_text = CleanLineField(label="工作单位", max_length=100, required=False)
    post_text = CleanLineField(label="职务", max_length=100, required=False)
    kind = forms.ChoiceField(label="身份", choices=SubjectKind.choices, initial=SubjectKind.UNKNOWN)
    party_member = truth_field()
    measure = forms.ChoiceField(label="处理", choices=measures(*OutcomeKind.values))
    document_number = CleanCodeField(label="文号", max_length=60, required=False)
    probation_months = months_field()


PastPersonFormSet = formset_of(PastPersonForm, "同案的其他人", row_word="人", extra=0)


class PastCaseForm(PageForm):
    sections = (
        ("案件", ("case_number", "title", "region", "category", "channel")),
        ("被处理人", ("name", "unit_text", "post_text", "kind", "party_member")),
        ("日期", ("received_on", "filed_on", "decided_on", "concluded_on")),
        ("处理", ("measure", "document_number", "probation_months", "result_text")),
        ("涉案款物", ("money_kind", "owed_fen", "taken_fen", "returned_fen")),
        ("承办", ("handling_unit", "leader", "note")),
    )

    case_number = CleanCodeField(
        label="立案编号", max_length=40, help_text="原来的立案编号，例如 青纪立〔2018〕012 号。"
    )
    title = CleanLineField(label="案由", max_length=100)
    region = RegionField(label="问题属地")
    category = CategoryField(Axis.CORRUPTION, label="问题类别")
    channel = forms.ChoiceField(label="来源渠道", choices=Channel.choices, initial=Channel.OWN_DISCOVERY)
    name = CleanLineField(label="姓名", max_length=60)
    unit_text = CleanLineField(label="工作单位", max_length=100, required=False)
    post_text = CleanLineField(label="职务", max_length=100, required=False)
    kind = forms.ChoiceField(label="身份", choices=SubjectKind.choices, initial=SubjectKind.UNKNOWN)
    party_member = truth_field()
    received_on = DateField(label="受理日期", latest_today=True)
    filed_on = DateField(label="立案日期", latest_today=True)
    decided_on = DateField(label="决定日期", latest_today=True)
    concluded_on = DateField(label="办结日期", latest_today=True)
    measure = forms.ChoiceField(label="处理", choices=measures(*OutcomeKind.values))
    document_number = CleanCodeField(label="文号", max_length=60, required=False)
    probation_months = months_field()
    result_text = CleanTextField(label="办结情况", rows=4)
    money_kind = forms.ChoiceField(
        label="方式", choices=[("", "（没有涉案款物）"), *CaseMoney.Kind.choices], required=False
    )
    owed_fen = MoneyField(label="应缴金额（元）", required=False)
    taken_fen = MoneyField(label="已缴金额（元）", required=False)
    returned_fen = MoneyField(label="其中退还群众（元）", required=False)
    handling_unit = UnitField(label="承办部门", queryset=Unit.objects.offices(), kinds="room")
    leader = UserField(label="分管领导")
    note = CleanTextField(label="说明", required=False, rows=2, max_length=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_people(self, leader=LEADERS)
        category: Any = self.fields["category"]
        category.in_use()
