"""Hand-overs for machines. Money in 分."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api.shapes.handling import LeadField
from cases.exchange_filters import HandoverFilter, TallyFilter
from cases.models import Axis, Category, Handover, HandoverRow, Lead, PartnerBody
from cases.sent_ledgers import HANDOVER_COLUMNS
from cases.workflow.handovers import HANDOVER
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    MoneyField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
)
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW = {
    "direction": "in", "body": "audit", "document": "审移〔2026〕5 号移送函", "their_number": "审移〔2026〕5 号",
    "handed_on": "2026-01-05",
    "entries": [{"title": "某村集体收入未入账", "persons": "赵某", "region": "990101102000", "amount_fen": 1200000}],
}  # fmt: skip
REGISTER = {"row": "2", "title": "反映村集体收入未入账", "region": "990101102000", "category": "embezzle",
            "text": "审计发现村集体租金收入未入账。"}  # fmt: skip


class HandoverRowSerializer(serializers.ModelSerializer[HandoverRow]):
    """A row. What belongs to a lead of ours only as far as you may know of the lead: null otherwise."""

    OF_LEAD = ("title", "text", "persons", "region", "amount_fen", "reason")

    id = serializers.CharField(source="public_id", read_only=True)
    lead = serializers.CharField(source="lead.number", read_only=True, default=None)
    title = serializers.CharField(read_only=True, allow_null=True)
    persons = serializers.CharField(read_only=True, allow_null=True)
    region = serializers.CharField(source="region_id", read_only=True, allow_null=True)
    amount_fen = serializers.IntegerField(read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True, allow_null=True)
    standing_display = serializers.CharField(source="get_standing_display", read_only=True)

    class Meta:
        model = HandoverRow
        fields = (
            "id", "ordinal", "lead", "title", "text", "persons", "region", "amount_fen", "standing", "standing_display", "reason",
        )  # fmt: skip

    def to_representation(self, row: HandoverRow) -> dict[str, Any]:
        said = {name: row.told("region_id" if name == "region" else name) for name in self.OF_LEAD}
        return {**super().to_representation(row), **said}


class HandoverSerializer(RecordSerializer):
    """A hand-over; `number` is ours, `their_number` theirs."""

    direction_display = serializers.CharField(source="get_direction_display", read_only=True)
    body = serializers.CharField(source="body.code", read_only=True)
    body_display = serializers.CharField(source="body.name", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True, default=None)
    party = serializers.CharField(read_only=True, help_text="对方")
    handed_by = serializers.CharField(source="handed_by.display_name", read_only=True)
    leads = serializers.IntegerField(read_only=True, help_text="件数")
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最早到期的期限")

    class Meta:
        model = Handover
        fields = (
            *RecordSerializer.COMMON, "direction", "direction_display", "body", "body_display", "unit", "party",
            "their_number", "document", "handed_on", "text", "handed_by", "receipt_on", "receipt_by", "receipt_number",
            "answered_on", "answer_text", "returned_on", "return_reason", "leads", "due_on",
        )  # fmt: skip


class HandoverDetailSerializer(HandoverSerializer):
    """One hand-over with its rows."""

    rows = serializers.SerializerMethodField()

    class Meta(HandoverSerializer.Meta):
        fields = (*HandoverSerializer.Meta.fields, "rows")

    @extend_schema_field(HandoverRowSerializer(many=True))
    def get_rows(self, handover: Handover) -> list[Any]:
        user = self.context["request"].user
        found = handover.rows.visible_to(user).for_list(user).order_by("ordinal")
        return list(HandoverRowSerializer(found, many=True).data)


class HandoverEntryShape(Shape):
    title = LineField(max_length=100, help_text="问题摘要")
    text = ProseField(required=False, allow_blank=True, help_text="主要问题")
    persons = LineField(max_length=100, required=False, allow_blank=True, help_text="涉及人员，顿号分开")
    region = RegionField(required=False, allow_null=True, help_text="问题属地")
    amount_fen = MoneyField(required=False, allow_null=True, help_text="涉及金额（分）")


class HandoverShape(NoteShape):
    direction = serializers.ChoiceField(choices=Handover.Direction.choices, help_text="方向")
    body = TermField(queryset=PartnerBody.objects.all(), help_text="对方机关类别代码")
    unit = UnitField(required=False, allow_null=True, help_text="对方单位")
    document = LineField(max_length=100, help_text="移送文件")
    their_number = CodeField(max_length=60, required=False, allow_blank=True, help_text="对方编号")
    handed_on = DayField(help_text="移送日期")
    text = ProseField(required=False, allow_blank=True, max_length=2000, help_text="移送说明")
    leads = serializers.ListField(
        child=LeadField(queryset=Lead.objects.all()),
        required=False,
        max_length=200,
        help_text="移出：线索的标识或编号",
    )
    entries = serializers.ListField(
        child=HandoverEntryShape(), required=False, max_length=200, help_text="移入：各条线索"
    )


class RowField(ScopedRelatedField):
    """A row of this hand-over: its id, or its place ("1" is the first)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=HandoverRow.objects.all(), **options)


class ReceiptShape(NoteShape):
    receipt_on = DayField(required=False, allow_null=True, help_text="回执日期，不填为今天")
    receipt_by = LineField(max_length=60, help_text="回执人")
    receipt_number = CodeField(max_length=60, required=False, allow_blank=True, help_text="回执编号")
    missed = RowField(many=True, required=False, help_text="移出：回执没有载明的各条")


class HandBackShape(Shape):
    note = ProseField(max_length=2000, help_text="退回理由")
    returned_on = DayField(required=False, allow_null=True, help_text="退回日期，不填为今天")


class HandoverAnswerShape(NoteShape):
    answer_text = ProseField(help_text="办理结果")
    answered_on = DayField(required=False, allow_null=True, help_text="反馈日期，不填为今天")


class RegisterRowShape(NoteShape):
    row = RowField(help_text="哪一条")
    title = LineField(max_length=100, help_text="反映问题摘要")
    region = RegionField(help_text="问题属地（12 位区划代码）")
    text = ProseField(required=False, allow_blank=True, help_text="反映的主要问题")
    category = TermField(
        queryset=Category.objects.of_axis(Axis.CORRUPTION),
        required=False,
        allow_null=True,
        help_text="问题类别代码",
    )
    style: Any = TermField(
        queryset=Category.objects.of_axis(Axis.STYLE),
        required=False,
        allow_null=True,
        help_text="作风问题代码",
    )
    amount_fen = MoneyField(required=False, allow_null=True, help_text="涉及金额（分）")


class RefuseRowShape(Shape):
    row = RowField(help_text="哪一条")
    note = ProseField(max_length=2000, help_text="理由")


class AmendHandoverShape(NoteShape):
    unit = UnitField(required=False, allow_null=True)
    document = LineField(max_length=100, required=False)
    their_number = CodeField(max_length=60, required=False, allow_blank=True)
    text = ProseField(required=False, allow_blank=True, max_length=2000)


class TallySerializer(serializers.Serializer[Any]):
    """One body: direction → standing → how many rows."""

    body = serializers.CharField(help_text="机关类别代码")
    out = serializers.DictField(
        child=serializers.IntegerField(), help_text="移出：waiting taken missed returned"
    )
    taken_in = serializers.DictField(
        child=serializers.IntegerField(), help_text="移入：to_register registered refused returned"
    )


DETAIL = HandoverDetailSerializer


class HandoverViewSet(DossierMixin, LedgerMixin, ScopedViewSet):
    """与其他机关之间的线索移送。"""

    queryset = Handover.objects.for_list()
    serializer_class = DETAIL
    filterset_class = HandoverFilter
    ledger_columns, ledger_name = HANDOVER_COLUMNS, "handovers"
    workflow = HANDOVER
    orderings = {  # noqa: RUF012 — as the base class has it
        **ScopedViewSet.orderings, "handed_on": "handed_on", "due_on": "due_on",
    }  # fmt: skip

    def get_serializer_class(self) -> Any:
        """Lists leave the rows out."""
        return HandoverSerializer if self.action == "list" else DETAIL

    @write_schema(HandoverShape, DETAIL, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """登记移送（案管室）：移出写明线索，移入写明各条。"""
        return self.make(services.open_handover, HandoverShape)

    @extend_schema(responses=TallySerializer(many=True))
    @action(detail=False, methods=["get"], filter_backends=[], pagination_class=None)
    def tally(self, request: Request) -> Response:
        """双方对账：按机关类别，移出和移入各有多少件、各处于什么情况；可用 handed_from、handed_to 限定期间。"""
        asked = TallyFilter(request.query_params, queryset=PartnerBody.objects.none())
        found = services.tally_of(self.user, **services.period_of(asked))
        lines = [
            {"body": code, "out": one.get("out", {}), "taken_in": one.get("in", {})}
            for code, one in sorted(found.items())
        ]
        return Response(TallySerializer(lines, many=True).data)

    @verb(
        ReceiptShape,
        DETAIL,
        example={"receipt_by": "县公安局法制大队", "receipt_number": "公收〔2026〕31 号"},
    )
    def receipt(self, request: Request, id: str) -> Response:
        """登记回执。"""
        return self.act(services.record_handover_receipt, ReceiptShape)

    @verb(HandoverAnswerShape, DETAIL, example={"answer_text": "已立案侦查，结果另行反馈。"}, path="answer")
    def answer_handover(self, request: Request, id: str) -> Response:
        """登记办理结果反馈。"""
        return self.act(services.answer_handover, HandoverAnswerShape)

    @verb(HandBackShape, DETAIL, example={"note": "不属于本机关职责。"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回，写明理由。"""
        return self.act(services.send_handover_back, HandBackShape)

    @verb(RegisterRowShape, DETAIL, example=REGISTER)
    def register_row(self, request: Request, id: str) -> Response:
        """移入的一条登记为线索。"""
        return self.act(services.register_row, RegisterRowShape)

    @verb(RefuseRowShape, DETAIL, example={"row": "2", "note": "不属于纪检监察机关职责。"})
    def refuse_row(self, request: Request, id: str) -> Response:
        """移入的一条不予受理，写明理由。"""
        return self.act(services.refuse_row, RefuseRowShape)

    @verb(AmendHandoverShape, DETAIL, example={"their_number": "公移〔2026〕9 号"})
    def amend(self, request: Request, id: str) -> Response:
        """修改移送文件、对方单位、编号和说明。"""
        return self.act(services.amend_handover, AmendHandoverShape)
