"""What machines send from 立案 to execution. Money is in 分."""

from typing import Any

from rest_framework import serializers

from cases.api.shapes.handling import LeadReasonShape
from cases.models import (
    Axis,
    CaseMoney,
    Category,
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
from cases.services.deciding import PROBATIONS
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    MoneyField,
    NumberField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
    UserField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape

ORG = [(m.value, m.label) for m in Measure if kind_of(m) == OutcomeKind.ORG]


def subject() -> Any:
    return ScopedRelatedField(
        queryset=LeadSubject.objects.all(), help_text="人员标识，或者在该线索中的次序：“1”为第一人"
    )


class FilePersonShape(NoteShape):
    subject = subject()
    party_member = serializers.BooleanField(required=False, allow_null=True, help_text="是否中共党员")
    party_filed_on = DayField(required=False, allow_null=True, help_text="党纪立案日期")
    party_body = LineField(max_length=60, required=False, allow_blank=True, help_text="党纪立案机关")
    state_filed_on = DayField(required=False, allow_null=True, help_text="政务立案日期")
    state_body = LineField(max_length=60, required=False, allow_blank=True, help_text="政务立案机关")


class DecidedShape(NoteShape):
    decided_on = DayField(required=False, help_text="决定日期，不填为今天")
    body = LineField(max_length=60, required=False, allow_blank=True, help_text="决定机关")


class SanctionShape(DecidedShape):
    probation_months = serializers.ChoiceField(
        choices=PROBATIONS, required=False, allow_null=True, help_text="留党察看的月数"
    )
    no_party_post = serializers.BooleanField(required=False, help_text="应撤销党内职务但没有党内职务")


class DecideShape(SanctionShape):
    subject = subject()
    measure = serializers.ChoiceField(choices=Measure.choices, help_text="处理")
    document_number = CodeField(max_length=60, required=False, allow_blank=True, help_text="文号")
    facts = ProseField(required=False, allow_blank=True, help_text="违纪违法事实")
    party_member = serializers.BooleanField(required=False, allow_null=True, help_text="是否中共党员")
    criminal = serializers.BooleanField(required=False, help_text="因犯罪被追究刑事责任")
    earlier = ScopedRelatedField(
        queryset=Outcome.objects.all(),
        required=False,
        allow_null=True,
        help_text="此人在其他线索中影响期未满的同类处分",
    )


class SuggestShape(NoteShape):
    subject = subject()
    measure = serializers.ChoiceField(choices=ORG, help_text="建议的组织处理")
    body = LineField(max_length=60, help_text="建议送达的机关")
    suggested_on = DayField(required=False, help_text="建议日期，不填为今天")
    facts = ProseField(required=False, allow_blank=True, help_text="事实和理由")


class RecordMoneyShape(NoteShape):
    subject = subject()
    kind = serializers.ChoiceField(choices=CaseMoney.Kind.choices, help_text="方式")
    owed_fen = MoneyField(help_text="应缴金额（分）")
    taken_fen = MoneyField(required=False, help_text="已缴金额（分）")
    returned_fen = MoneyField(required=False, help_text="其中退还群众（分）")
    paper = CodeField(max_length=60, help_text="文书或者凭证号")


class NoteMoneyShape(NoteShape):
    money = ScopedRelatedField(queryset=CaseMoney.objects.all(), help_text="哪一笔：标识，或者次序")
    taken_fen = MoneyField(help_text="到现在一共已缴（分）")
    returned_fen = MoneyField(required=False, allow_null=True, help_text="其中退还群众（分），不填则不变")
    paper = CodeField(max_length=60, help_text="凭证号")


class RecordDecisionShape(DecidedShape):
    measure = serializers.ChoiceField(choices=ORG, required=False, help_text="决定的组织处理，不填为所建议的")
    document_number = CodeField(max_length=60, help_text="文号")


class ExecutionShape(NoteShape):
    duty = ScopedRelatedField(queryset=Duty.objects.all(), help_text="执行事项：标识，或者次序")
    done_on = DayField(required=False, help_text="完成日期，不填为今天")
    applies = serializers.BooleanField(required=False, default=True, help_text="不涉及的填 false，并写明原因")
    paper = LineField(max_length=200, help_text="文书或者说明")


class ExtendExecutionShape(LeadReasonShape):
    months = NumberField(min_value=1, max_value=5, help_text="延长几个月")


class ReturnCaseShape(LeadReasonShape):
    returned_on = DayField(required=False, help_text="退回日期，不填为今天")


class CorrectShape(SanctionShape):
    correction = serializers.ChoiceField(choices=Correction.choices, help_text="更正方式")
    measure = serializers.ChoiceField(
        choices=Measure.choices, required=False, help_text="变更后的处理，撤销的不填"
    )
    document_number = CodeField(max_length=60, help_text="文号")
    note = ProseField(max_length=2000, help_text="理由")


class PastPersonShape(Shape):
    name = LineField(max_length=60, help_text="姓名")
    unit_text = LineField(max_length=100, required=False, allow_blank=True, help_text="工作单位")
    post_text = LineField(max_length=100, required=False, allow_blank=True, help_text="职务")
    kind = serializers.ChoiceField(choices=SubjectKind.choices, required=False, help_text="身份")
    party_member = serializers.BooleanField(required=False, allow_null=True, help_text="是否中共党员")
    measure = serializers.ChoiceField(choices=Measure.choices, help_text="处理")
    document_number = CodeField(max_length=60, required=False, allow_blank=True, help_text="文号")
    probation_months = serializers.ChoiceField(choices=PROBATIONS, required=False, allow_null=True)


class PastCaseShape(NoteShape):
    case_number = CodeField(max_length=40, help_text="原来的立案编号")
    title = LineField(max_length=100, help_text="案由")
    region = RegionField(help_text="问题属地（12 位区划代码）")
    category = TermField(
        queryset=Category.objects.of_axis(Axis.CORRUPTION),
        required=False,
        allow_null=True,
        help_text="问题类别代码",
    )
    channel = serializers.ChoiceField(choices=Channel.choices, required=False, help_text="来源渠道")
    name = LineField(max_length=60, help_text="被处理人姓名")
    unit_text = LineField(max_length=100, required=False, allow_blank=True, help_text="工作单位")
    post_text = LineField(max_length=100, required=False, allow_blank=True, help_text="职务")
    kind = serializers.ChoiceField(choices=SubjectKind.choices, required=False, help_text="身份")
    party_member = serializers.BooleanField(required=False, allow_null=True, help_text="是否中共党员")
    received_on = DayField(help_text="受理日期")
    filed_on = DayField(help_text="立案日期")
    decided_on = DayField(help_text="决定日期")
    concluded_on = DayField(help_text="办结日期")
    measure = serializers.ChoiceField(choices=Measure.choices, help_text="处理")
    document_number = CodeField(max_length=60, required=False, allow_blank=True, help_text="文号")
    probation_months = serializers.ChoiceField(choices=PROBATIONS, required=False, allow_null=True)
    result_text = ProseField(help_text="办结情况")
    money_kind = serializers.ChoiceField(choices=CaseMoney.Kind.choices, required=False, help_text="款物方式")
    owed_fen = MoneyField(required=False, help_text="应缴金额（分）")
    taken_fen = MoneyField(required=False, help_text="已缴金额（分）")
    returned_fen = MoneyField(required=False, help_text="其中退还群众（分）")
    handling_unit = UnitField(help_text="承办部门")
    leader = UserField(help_text="分管领导")
    others = serializers.ListField(
        child=PastPersonShape(), required=False, max_length=50, help_text="同案的其他人，同日决定"
    )
