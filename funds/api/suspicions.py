"""Match lists and suspicions for machines. A number is sent in once and out only by `reveal`; names are masked in lists."""

from typing import Any, ClassVar

from django.views.decorators.debug import sensitive_variables
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funds.api import suspicion_shapes as shapes
from funds.models import MatchList, Suspicion
from funds.pages.suspicions import known_lead, known_misuse
from funds.services import match_lists, suspicion_ends, suspicions
from funds.suspicion_filters import MatchListFilter, SuspicionFilter
from funds.workflow.suspicions import MATCH_LIST, SUSPICION
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.bulk import bulk_verb
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

LINE = {
    "name": "陶有禾", "id_number": "990101198803120012", "region": "990101102000", "benefit": "农村低保", "amount_fen": 360000,
    "says": "2019 年起登记小型轿车一辆。",
}  # fmt: skip
NEW = {
    "platform": "市大数据监督平台", "rule": "HAS_CAR", "source": "DIBAO", "compared": "CARS", "as_of": "2026-03-31",
    "lines": [LINE],
}  # fmt: skip
REPORTED = {"reported_rows": 1130, "reported_filed": 35, "reported_handled": 122, "reported_fen": 5200000}
OF_2018 = REPORTED | {
    "platform": "市大数据监督平台", "rule": "TWICE", "source": "DIBAO", "compared": "INSURANCE", "as_of": "2019-06-30",
}  # fmt: skip
DESK = {"desk_text": "低保在册，车辆登记在本人名下，请入户核实。"}
CLEAR = {"excuse": "STALE", "decision": "车管所证明车辆已注销。"}
CORRECT = {"fix": "refunded", "fix_fen": 360000, "decision": "已停发并退回多领的低保金。"}
HAND_ON = {"category": "false_claim", "decision": "隐瞒车辆领取低保，村干部知情不报。"}


class MatchListSerializer(RecordSerializer):
    """A list; its suspicions: `suspicions/?match_list=`. `reported_*` is what its source reported by hand."""

    rule = serializers.CharField(source="rule.code", read_only=True)
    rule_display = serializers.CharField(source="rule.name", read_only=True)
    source: Any = serializers.CharField(source="source.code", read_only=True)
    compared = serializers.CharField(source="compared.code", read_only=True)
    department = serializers.CharField(source="compared.department", read_only=True)

    class Meta:
        model = MatchList
        fields = (
            *RecordSerializer.COMMON, "platform", "rule", "rule_display", "source", "compared", "department", "as_of",
            "file_sha256", "rows_given", "rows_doubled", "rows_made", "reported_rows", "reported_filed",
            "reported_handled", "reported_fen",
        )  # fmt: skip


class SuspicionSerializer(RecordSerializer):
    """A suspicion. The name is masked; lead and misuse are named to those who may know of them, on the record alone."""

    match_list = serializers.CharField(source="match_list.number", read_only=True)
    rule = serializers.CharField(source="match_list.rule.code", read_only=True)
    rule_display = serializers.CharField(source="match_list.rule.name", read_only=True)
    name = serializers.CharField(source="masked_name", read_only=True, help_text="姓氏")
    responsible_unit = serializers.CharField(source="responsible_unit.name", default=None, read_only=True)
    assigned_to = serializers.CharField(source="assigned_to.display_name", default=None, read_only=True)
    excuse = serializers.CharField(source="excuse.code", default=None, read_only=True)
    excuse_display = serializers.CharField(source="excuse.name", default=None, read_only=True)

    class Meta:
        model = Suspicion
        fields = (
            *RecordSerializer.COMMON, "match_list", "rule", "rule_display", "name", "benefit", "amount_fen",
            "responsible_unit", "assigned_to", "desk_on", "visited_on", "decided_on", "excuse", "excuse_display", "fix",
            "fix_fen",
        )  # fmt: skip


class WholeSuspicionSerializer(SuspicionSerializer):
    """The record itself, with the texts."""

    lead = serializers.SerializerMethodField(help_text="线索编号；看不到线索的为空")
    misuse = serializers.SerializerMethodField(help_text="违规使用资金编号；看不到的为空")

    class Meta(SuspicionSerializer.Meta):
        fields = (
            *SuspicionSerializer.Meta.fields, "says", "desk_text", "visitor", "visitor2", "place_text", "latitude",
            "longitude", "finding", "decision", "lead", "misuse",
        )  # fmt: skip

    def get_lead(self, row: Suspicion) -> str | None:
        found = known_lead(row, self.context["request"].user)
        return found.number if found else None

    def get_misuse(self, row: Suspicion) -> str | None:
        found = known_misuse(row, self.context["request"].user)
        return found.number if found else None


class SuspicionNumberSerializer(serializers.Serializer[Any]):
    """The number, on the answer to this request alone."""

    id = serializers.CharField()
    id_number = serializers.CharField()


class MatchListViewSet(DossierMixin, ScopedViewSet):
    """比对清单：核对、导入、作废；一份清单是一次办理。"""

    queryset = MatchList.objects.for_list()
    serializer_class = MatchListSerializer
    filterset_class = MatchListFilter
    workflow = MATCH_LIST

    @sensitive_variables()
    @write_schema(shapes.MatchListShape, MatchListSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """上传清单并核对（监督检查室、财政）：有错的行一次全部指出，没有错的待导入。"""
        return self.make(match_lists.take_in, shapes.MatchListShape)

    @write_schema(shapes.MatchReportedShape, MatchListSerializer, example=OF_2018, status=201)
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def reported(self, request: Request) -> Response:
        """登记往年清单：没有明细、只有来源单位上报数的。"""
        return self.make(match_lists.take_reported, shapes.MatchReportedShape)

    @verb(NoteShape, MatchListSerializer, example={})
    def bring_in(self, request: Request, id: str) -> Response:
        """导入疑点：行数多的在后台办理，`state` 为 importing。"""
        return self.act(match_lists.bring_in, NoteShape)

    @verb(NoteShape, MatchListSerializer, example={"note": "发错了清单。"})
    def drop(self, request: Request, id: str) -> Response:
        """放弃导入。"""
        return self.act(match_lists.drop, NoteShape)

    @verb(NoteShape, MatchListSerializer, example={"note": "平台重新比对，以新清单为准。"})
    def void(self, request: Request, id: str) -> Response:
        """作废整份清单：还没有开始核查的才能作废。"""
        return self.act(match_lists.void, NoteShape)

    @verb(shapes.MatchReportShape, MatchListSerializer, example=REPORTED)
    def report(self, request: Request, id: str) -> Response:
        """填报上报数：来源单位报告的结果，不与系统统计相加。"""
        return self.act(match_lists.report, shapes.MatchReportShape)


class SuspicionViewSet(DossierMixin, AttachMixin, ScopedViewSet):
    """疑点：案头核查、入户核查、排除、纠正、转办。金额单位为分。"""

    queryset = Suspicion.objects.for_list()
    serializer_class = SuspicionSerializer
    filterset_class = SuspicionFilter
    workflow = SUSPICION
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings,
        **{name: name for name in ("amount_fen", "desk_on", "visited_on", "decided_on")},
    }
    bulk_desk_check = bulk_verb(
        SUSPICION, "desk_check", suspicions.desk_check, shapes.DeskShape,
        example={"ids": ["990101-BD-2026-000001"], **DESK},
    )  # fmt: skip
    bulk_assign = bulk_verb(
        SUSPICION, "assign", suspicions.assign, shapes.SentShape, example={"ids": ["990101-BD-2026-000001"]}
    )
    bulk_clear = bulk_verb(
        SUSPICION, "clear", suspicion_ends.clear, shapes.ClearShape,
        example={"ids": ["990101-BD-2026-000001"], **CLEAR},
    )  # fmt: skip

    def get_serializer_class(self) -> type[Any]:
        return SuspicionSerializer if self.action == "list" else WholeSuspicionSerializer

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        said.pop("kind", None)
        return suspicions.attach(row, file=upload, **said)

    @verb(shapes.DeskShape, WholeSuspicionSerializer, example=DESK)
    def desk_check(self, request: Request, id: str) -> Response:
        """案头核查，交入户单位（监督检查室、财政）。"""
        return self.act(suspicions.desk_check, shapes.DeskShape)

    @verb(shapes.SentShape, WholeSuspicionSerializer, example={"responsible_unit": "县乡村振兴局"})
    def assign(self, request: Request, id: str) -> Response:
        """改派入户单位或者核查人。"""
        return self.act(suspicions.assign, shapes.SentShape)

    @verb(
        shapes.HouseShape, WholeSuspicionSerializer,
        example={"visitor": "沈知远", "visitor2": "陆景禾", "finding": "车辆已过户，有过户凭证。"},
    )  # fmt: skip
    def visit(self, request: Request, id: str) -> Response:
        """登记入户核查（入户单位）；照片用 attach 上传。"""
        return self.act(suspicions.visit, shapes.HouseShape)

    @verb(NoteShape, WholeSuspicionSerializer, example={"note": "没有写明车辆现在由谁使用，请再入户。"})
    def visit_again(self, request: Request, id: str) -> Response:
        """退回重新入户，写明理由。"""
        return self.act(suspicions.visit_again, NoteShape)

    @verb(shapes.ClearShape, WholeSuspicionSerializer, example=CLEAR)
    def clear(self, request: Request, id: str) -> Response:
        """排除（不能是案头核查的人）；须入户的理由，入户后才能用。"""
        return self.act(suspicion_ends.clear, shapes.ClearShape)

    @verb(shapes.FixShape, WholeSuspicionSerializer, example=CORRECT)
    def correct(self, request: Request, id: str) -> Response:
        """纠正：停发、清退、退款、补发。"""
        return self.act(suspicion_ends.correct, shapes.FixShape)

    @verb(shapes.HandOnShape, WholeSuspicionSerializer, example=HAND_ON)
    def hand_on(self, request: Request, id: str) -> Response:
        """转办：登记为“大数据比对”来源的问题线索（监督检查室、案管室）。"""
        return self.act(suspicion_ends.hand_on, shapes.HandOnShape)

    @sensitive_variables()
    @verb(shapes.RevealSuspicionShape, SuspicionNumberSerializer, example={"reason": "入户时核对本人身份。"})
    def reveal(self, request: Request, id: str) -> Response:
        """查看身份证号：写明事由，每次都有记录。"""
        row: Any = self.get_object()
        said = self.body(shapes.RevealSuspicionShape)
        number = suspicions.reveal(row, by=self.user, expected_version=self.expected_version(), **said)
        return Response({"id": row.public_id, "id_number": number}, headers={"Cache-Control": "no-store"})
