"""Cases and outcomes for machines, and the verbs of a lead from 立案 to execution. Money is in 分."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import shapes
from cases.api.serializers import LeadDetailSerializer
from cases.filing_filters import CaseFilter, OutcomeFilter
from cases.filing_ledger import CASE_COLUMNS, OUTCOME_COLUMNS
from cases.models import Case, CasePerson, Duty, Outcome
from cases.workflow import OUTCOME
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

DECIDE = {
    "subject": "1", "measure": "first_criticism", "body": "青禾县纪委监委", "facts": "补助资料审核不严。",
}  # fmt: skip
MONEY = {
    "subject": "1", "kind": "refund", "owed_fen": 2600000, "taken_fen": 1000000, "paper": "青纪收〔2026〕31 号",
}  # fmt: skip

PAST = {
    "case_number": "青纪立〔2017〕021 号", "title": "村委会主任套取产业扶持资金问题", "region": "990101102000",
    "category": "cheat_out", "name": "王某某", "unit_text": "荻渚镇", "post_text": "村委会主任", "kind": "village_cadre",
    "party_member": True, "received_on": "2017-03-01", "filed_on": "2017-05-10", "decided_on": "2017-07-20",
    "concluded_on": "2017-08-01", "measure": "party_warning", "document_number": "青纪〔2017〕33 号",
    "result_text": "套取产业扶持资金，违纪款已追缴。", "money_kind": "recovered", "owed_fen": 860000, "taken_fen": 860000,
    "handling_unit": "审查调查室", "leader": "leader",
}  # fmt: skip


class CasePersonSerializer(serializers.ModelSerializer[CasePerson]):
    """A person filed on."""

    subject = serializers.CharField(source="subject.public_id", read_only=True)
    name = serializers.CharField(source="subject.name", read_only=True)

    class Meta:
        model = CasePerson
        fields = (
            "subject", "name", "party_member", "party_filed_on", "party_body", "state_filed_on", "state_body",
        )  # fmt: skip


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case: its lead, its persons, and the sums it is about (分)."""

    id = serializers.CharField(source="public_id", read_only=True)
    region = serializers.CharField(source="lead.region_id", read_only=True)
    state = serializers.CharField(source="lead.state", read_only=True)
    state_display = serializers.CharField(source="lead.get_state_display", read_only=True)
    actions = serializers.ListField(child=serializers.CharField(), default=list, read_only=True)
    lead = serializers.CharField(source="lead.public_id", read_only=True)
    lead_number = serializers.CharField(source="lead.number", read_only=True)
    persons = CasePersonSerializer(source="lead.case_persons", many=True, read_only=True)
    owed_fen = serializers.IntegerField(read_only=True)
    taken_fen = serializers.IntegerField(read_only=True)
    returned_fen = serializers.IntegerField(read_only=True)

    class Meta:
        model = Case
        fields = (
            "id", "number", "version", "region", "state", "state_display", "created_at", "updated_at", "actions",
            "lead", "lead_number", "filed_on", "persons", "owed_fen", "taken_fen", "returned_fen",
        )  # fmt: skip


class DutySerializer(serializers.ModelSerializer[Duty]):
    """One thing to be done to carry the outcome out."""

    id = serializers.CharField(source="public_id", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)

    class Meta:
        model = Duty
        fields = ("id", "kind", "kind_display", "done_on", "applies", "paper")


class OutcomeSerializer(RecordSerializer):
    """A decision on one person. `counts`: the heaviest on him under this lead; who counts in a period across leads: `?once=true`."""

    lead = serializers.CharField(source="lead.public_id", read_only=True)
    lead_number = serializers.CharField(source="lead.number", read_only=True)
    subject = serializers.CharField(source="subject.public_id", read_only=True)
    name = serializers.CharField(source="subject.name", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    measure_display = serializers.CharField(source="get_measure_display", read_only=True)
    form_display = serializers.CharField(source="get_form_display", read_only=True)
    corrects = serializers.CharField(source="corrects.public_id", read_only=True, default=None)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最早到期的执行期限")
    duties = DutySerializer(many=True, read_only=True)

    class Meta:
        model = Outcome
        fields = (
            *RecordSerializer.COMMON, "lead", "lead_number", "subject", "name", "kind", "kind_display", "measure",
            "measure_display", "suggested_on", "decided_on", "body", "document_number", "facts", "party_member",
            "admin_limit", "no_party_post", "criminal", "probation_until", "effect_until", "effect_words", "form",
            "form_display", "counts", "supplement_since", "supplements", "corrects", "correction", "due_on", "duties",
        )  # fmt: skip


class TotalsSerializer(serializers.Serializer[Any]):
    """Figures of the rows under the same filters; what does not apply is left out."""

    cases = serializers.IntegerField(required=False, help_text="立案件数")
    persons = serializers.IntegerField(help_text="人数")
    sanctioned = serializers.IntegerField(help_text="受党纪政务处分人数")
    owed_fen = serializers.IntegerField(required=False)
    taken_fen = serializers.IntegerField(required=False)
    returned_fen = serializers.IntegerField(required=False)
    form_1 = serializers.IntegerField(required=False, help_text="第一种形态人数，一人一次，不看 form 条件")
    form_2 = serializers.IntegerField(required=False)
    form_3 = serializers.IntegerField(required=False)
    form_4 = serializers.IntegerField(required=False)


class TotalsMixin:
    """`<things>/totals/`: the figures that stand above the list."""

    @extend_schema(responses=TotalsSerializer)
    @action(methods=["get"], detail=False, pagination_class=None)
    def totals(self: Any, request: Request) -> Response:
        """与列表同样条件下的合计。"""
        return Response(TotalsSerializer(self.figures(self.filter_queryset(self.get_queryset()))).data)

    def figures(self, rows: Any) -> dict[str, int]:
        """What stands in the answer."""
        return rows.totals()  # type: ignore[no-any-return]


class CaseViewSet(TotalsMixin, LedgerMixin, ScopedViewSet):
    """案件：线索立案后一案一号；各步办理在线索上进行。"""

    queryset = Case.objects.for_list()
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    ledger_columns, ledger_name = CASE_COLUMNS, "cases"
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "filed_on": "filed_on"}

    @write_schema(shapes.PastCaseShape, CaseSerializer, example=PAST, status=201)
    def create(self, request: Request) -> Response:
        """补录本系统启用以前已经办结的案件（案管室），一案一件，可有同案的其他人。"""
        return self.make(services.enter_past, shapes.PastCaseShape)


class OutcomeViewSet(DossierMixin, TotalsMixin, LedgerMixin, ScopedViewSet):
    """处理结果，一人一项一条；更正是新的一条。登记在线索上办理（decide、suggest）。"""

    asked_filters: OutcomeFilter  # of this request, by the filter backend
    queryset = Outcome.objects.for_page()
    serializer_class = OutcomeSerializer
    filterset_class = OutcomeFilter
    workflow = OUTCOME
    ledger_columns, ledger_name = OUTCOME_COLUMNS, "outcomes"
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings, "decided_on": "decided_on", "effect_until": "effect_until", "due_on": "due_on",
    }  # fmt: skip

    def figures(self, rows: Any) -> dict[str, int]:
        """Also the persons of each form under the other conditions, each once."""
        return {**rows.totals(), **self.asked_filters.every_form.forms()}

    @verb(shapes.RecordDecisionShape, OutcomeSerializer, example={"document_number": "青组〔2026〕12 号"})
    def record_decision(self, request: Request, id: str) -> Response:
        """登记有关机关采纳组织处理建议的决定。"""
        return self.act(services.record_decision, shapes.RecordDecisionShape)

    @verb(shapes.LeadReasonShape, OutcomeSerializer, example={"note": "已另行安排工作。"})
    def decline(self, request: Request, id: str) -> Response:
        """登记组织处理建议未被采纳及其理由。"""
        return self.act(services.decline, shapes.LeadReasonShape)

    @verb(shapes.ExecutionShape, OutcomeSerializer, example={"duty": "1", "paper": "宣布记录"})
    def record_execution(self, request: Request, id: str) -> Response:
        """登记一项执行情况（宣布、变更手续、归档、报告……）。"""
        return self.act(services.record_execution, shapes.ExecutionShape)

    @verb(
        shapes.ExtendExecutionShape,
        OutcomeSerializer,
        example={"months": 2, "note": "等待上级批复工资变动。"},
    )
    def extend(self, request: Request, id: str) -> Response:
        """延长办理职务、工资变更手续的期限（主要负责人批准）。"""
        return self.act(services.extend_execution, shapes.ExtendExecutionShape)

    @verb(shapes.ReturnCaseShape, OutcomeSerializer, example={"note": "请补充资金流向的证据。"})
    def return_case(self, request: Request, id: str) -> Response:
        """登记检察机关退回补充调查，以二次为限。"""
        return self.act(services.return_case, shapes.ReturnCaseShape)

    @verb(NoteShape, OutcomeSerializer, example={})
    def resubmit_case(self, request: Request, id: str) -> Response:
        """补充调查后重新移送。"""
        return self.act(services.resubmit_case, NoteShape)

    @verb(
        shapes.CorrectShape,
        OutcomeSerializer,
        example={"correction": "revoke", "document_number": "青复〔2026〕2 号", "note": "复核认定事实不清。"},
    )
    def correct(self, request: Request, id: str) -> Response:
        """复审、复核、变更、撤销：新的一条，原来的保留。"""
        return self.act(services.correct, shapes.CorrectShape)


class FilingVerbs:
    """The verbs of a lead from 立案 to execution; mixed into its viewset."""

    @verb(shapes.LeadReasonShape, LeadDetailSerializer, example={"note": "请补充经手人的证言。"})
    def return_evidence(self: Any, request: Request, id: str) -> Any:
        """审理退回补充证据：补证的时间不计入审理期限。"""
        return self.act(services.return_evidence, shapes.LeadReasonShape)

    @verb(shapes.LeadReasonShape, LeadDetailSerializer, example={"note": "主要事实不清，请重新调查。"})
    def return_again(self: Any, request: Request, id: str) -> Any:
        """审理退回重新审查调查。"""
        return self.act(services.return_again, shapes.LeadReasonShape)

    @verb(shapes.LeadReasonShape, LeadDetailSerializer, example={"note": "已补充证言 2 份。"})
    def resubmit(self: Any, request: Request, id: str) -> Any:
        """补证后重新送审。"""
        return self.act(services.resubmit, shapes.LeadReasonShape)

    @verb(
        shapes.FilePersonShape,
        LeadDetailSerializer,
        example={"subject": "1", "state_filed_on": "2026-11-20", "state_body": "青禾县监委"},
    )
    def file_person(self: Any, request: Request, id: str) -> Any:
        """登记立案人员：党纪立案、政务立案的日期和机关。"""
        return self.act(services.file_person, shapes.FilePersonShape)

    @verb(shapes.DecideShape, LeadDetailSerializer, example=DECIDE)
    def decide(self: Any, request: Request, id: str) -> Any:
        """登记对一人的一项处理决定。"""
        return self.act(services.decide, shapes.DecideShape)

    @verb(
        shapes.SuggestShape,
        LeadDetailSerializer,
        example={"subject": "1", "measure": "org_remove", "body": "县委组织部"},
    )
    def suggest(self: Any, request: Request, id: str) -> Any:
        """提出组织处理建议，由有关党委（党组）决定。"""
        return self.act(services.suggest, shapes.SuggestShape)

    @verb(shapes.RecordMoneyShape, LeadDetailSerializer, example=MONEY)
    def record_money(self: Any, request: Request, id: str) -> Any:
        """登记一人应缴的涉案款物。"""
        return self.act(services.record_money, shapes.RecordMoneyShape)

    @verb(
        shapes.NoteMoneyShape,
        LeadDetailSerializer,
        example={"money": "1", "taken_fen": 100, "paper": "990-2026-0012"},
    )
    def note_money(self: Any, request: Request, id: str) -> Any:
        """登记到现在一共缴纳、退还群众的数。"""
        return self.act(services.note_money, shapes.NoteMoneyShape)
