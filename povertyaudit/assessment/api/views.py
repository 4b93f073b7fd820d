"""Assessments for machines: schemes, assessments, units' sheets and offices' sheets. Secret as on the pages."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.assessment.api import shapes
from povertyaudit.assessment.filters import AssessmentFilter, ScoreSheetFilter, UnitSheetFilter
from povertyaudit.assessment.models import (
    Adjustment,
    Assessment,
    AssessmentScheme,
    Correction,
    Score,
    ScoreLine,
    ScoreSheet,
    UnitSheet,
)
from povertyaudit.assessment.services import deciding, opening, schemes, scoring, sheets
from povertyaudit.assessment.workflow.assessments import ASSESSMENT, SCORE_SHEET, UNIT_SHEET
from povertyaudit.core import terms
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.terms import TermFilterSet, TermSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

SCHEME = {
    "code": "town_month", "name": "乡镇月度考核办法", "region": "990101000000", "judged": "township", "period": "month",
    "valid_from": "2028-01-01", "anchor": "县委工作要点", "indicators": [
        {"code": "on_time", "name": "整改按期办结", "weight": 60, "way": "counted", "measure": "items_on_time",
         "full_at": 95, "zero_at": 60},
        {"code": "work", "name": "日常工作", "weight": 40, "way": "scored", "scorers": ["县农业农村局"]},
    ],
}  # fmt: skip


def opaque(source: str, **more: Any) -> serializers.CharField:
    return serializers.CharField(source=source, read_only=True, **more)


class SchemeSerializer(TermSerializer):
    """One scheme from one day on, with its indicators; `scorers` are names of offices, as they were called then."""

    judged = serializers.CharField(read_only=True)
    period = serializers.CharField(read_only=True)
    adjust_most = serializers.IntegerField(read_only=True)
    indicators = serializers.SerializerMethodField(help_text="指标")
    region = opaque("region_id", help_text="12 位区划代码")  # type: ignore[assignment]

    def get_indicators(self, row: AssessmentScheme) -> list[dict[str, Any]]:
        return [one.as_json() | {"scorers": list(one.offices)} for one in row.all_indicators()]


class AssessmentSerializer(RecordSerializer):
    """One assessment. Its ranking is in `unit-sheets`."""

    title = serializers.CharField(read_only=True)
    scheme = opaque("scheme.code", help_text="办法代码")
    scheme_name = opaque("scheme.name")
    rival = opaque("rival.name", default=None, help_text="本期内修改前后的另一个办法")
    judged = opaque("scheme.judged")
    opened_by = opaque("opened_by.display_name", default=None)
    decided_by = opaque("decided_by.display_name", default=None)
    signed_by = opaque("signed_by.display_name", default=None)

    class Meta:
        model = Assessment
        fields = (
            *RecordSerializer.COMMON, "title", "scheme", "scheme_name", "rival", "judged", "period", "first_day", "last_day",
            "counted_on", "opened_by", "decided_by", "decided_reason", "signed_by", "signed_on", "published_on",
        )  # fmt: skip


class ScoreLineSerializer(serializers.ModelSerializer[ScoreLine]):
    """One indicator: what was counted and the points. `hits` of `among`; sums of money in 分."""

    id = opaque("public_id")
    scheme = opaque("scheme.name")

    class Meta:
        model = ScoreLine
        fields = (
            "id",
            "scheme",
            "key",
            "name",
            "weight",
            "way",
            "measure",
            "hits",
            "among",
            "as_of",
            "points",
        )


class AdjustmentSerializer(serializers.ModelSerializer[Adjustment]):
    id = opaque("public_id")

    class Meta:
        model = Adjustment
        fields = ("id", "kind", "points", "reason")


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """What a signed line should have been."""

    line = opaque("line.key")

    class Meta:
        model = Correction
        fields = ("line", "points", "reason", "made_on")


class UnitSheetSerializer(RecordSerializer):
    """The sheet of one unit; total and place are there once it is signed."""

    state = serializers.CharField(read_only=True)
    assessment = opaque("assessment.public_id")
    assessment_title = opaque("assessment.title")
    unit = opaque("unit.name")

    class Meta:
        model = UnitSheet
        fields = (
            *RecordSerializer.COMMON, "assessment", "assessment_title", "unit", "left_out", "left_reason", "total", "place",
            "rival_total", "rival_place", "task_missed",
        )  # fmt: skip


class WholeUnitSheetSerializer(UnitSheetSerializer):
    """The sheet itself, with its lines."""

    lines = ScoreLineSerializer(many=True, read_only=True)
    adjustments = AdjustmentSerializer(many=True, read_only=True)
    corrections = CorrectionSerializer(many=True, read_only=True)

    class Meta(UnitSheetSerializer.Meta):
        fields = (*UnitSheetSerializer.Meta.fields, "lines", "adjustments", "corrections")


class ScoreSerializer(serializers.ModelSerializer[Score]):
    unit = opaque("unit_sheet.unit.name")
    indicator = opaque("key")

    class Meta:
        model = Score
        fields = ("unit", "indicator", "points")


class ScoreSheetSerializer(RecordSerializer):
    """What an office scores."""

    title = serializers.CharField(read_only=True)
    assessment = opaque("assessment.public_id")
    unit = opaque("unit.name")
    submitted_by = opaque("submitted_by.display_name", default=None)

    class Meta:
        model = ScoreSheet
        fields = (
            *RecordSerializer.COMMON,
            "title",
            "assessment",
            "unit",
            "due_on",
            "submitted_by",
            "submitted_on",
        )


class WholeScoreSheetSerializer(ScoreSheetSerializer):
    """The sheet itself: which units, which indicators, and what was given."""

    asked_units = serializers.SerializerMethodField(help_text="被评单位")
    asked_indicators = serializers.SerializerMethodField(help_text="评哪几项：代码和名称")
    scores = ScoreSerializer(many=True, read_only=True)

    class Meta(ScoreSheetSerializer.Meta):
        fields = (*ScoreSheetSerializer.Meta.fields, "asked_units", "asked_indicators", "scores")

    def get_asked_units(self, row: ScoreSheet) -> list[str]:
        return [sheet.unit.name for sheet in scoring.grid(row).sheets]

    def get_asked_indicators(self, row: ScoreSheet) -> list[list[str]]:
        return [[one.code, one.name] for one in scoring.grid(row).indicators]


class AssessmentSchemeViewSet(ScopedViewSet):
    """考核办法：提出和修改。确认、停用在“分类目录”（terms）。"""

    queryset = AssessmentScheme.objects.for_list()
    serializer_class = SchemeSerializer
    filterset_class = TermFilterSet
    workflow = terms.TERM
    orderings: ClassVar[dict[str, str]] = {"order": "order", "code": "code"}
    default_ordering = "order"

    @extend_schema(operation_id="assessment_schemes_list")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """各个办法，包括已停用的和待确认的（后者仅案管室和三员可见）。"""
        return super().list(request, *args, **kwargs)

    @write_schema(shapes.SchemeShape, SchemeSerializer, status=201, example=SCHEME)
    def create(self, request: Request) -> Response:
        """提出新办法，或者提出修改同一代码的办法（案管室）。"""
        return self.answer(schemes.propose(by=self.user, **self.body(shapes.SchemeShape)), status=201)


class AssessmentViewSet(DossierMixin, ScopedViewSet):
    """考核：启动、选定办法、签发、公布。公布以前被考核单位查不到。"""

    queryset = Assessment.objects.for_list()
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter
    workflow = ASSESSMENT
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "last_day": "last_day"}

    @write_schema(
        shapes.OpenShape,
        AssessmentSerializer,
        example={"scheme": "town_quarter", "day": "2025-01-05"},
        status=201,
    )
    def create(self, request: Request) -> Response:
        """启动考核（案管室、监督检查室）；随后由后台计数。"""
        return self.make(opening.open_assessment, shapes.OpenShape)

    @verb(NoteShape, AssessmentSerializer, example={})
    def recount(self, request: Request, id: str) -> Response:
        """重新计数。"""
        return self.act(deciding.recount, NoteShape)

    @verb(
        shapes.DecideSchemeShape,
        AssessmentSerializer,
        example={"which": "last_day", "note": "新办法在期末前一个月已经施行。"},
    )
    def decide_scheme(self, request: Request, id: str) -> Response:
        """本期内办法修改过的，选定以哪个为准，写明理由（领导）。"""
        return self.act(deciding.decide_scheme, shapes.DecideSchemeShape)

    @verb(NoteShape, AssessmentSerializer, example={})
    def sign(self, request: Request, id: str) -> Response:
        """签发：得分和名次固定下来（领导）。"""
        return self.act(deciding.sign, NoteShape)

    @verb(NoteShape, AssessmentSerializer, example={})
    def publish(self, request: Request, id: str) -> Response:
        """公布：被考核单位看到自己的得分和排名。"""
        return self.act(deciding.publish, NoteShape)

    @verb(NoteShape, AssessmentSerializer, example={"note": "考核办法有误。"})
    def cancel(self, request: Request, id: str) -> Response:
        """取消，写明理由。"""
        return self.act(deciding.cancel, NoteShape)


class UnitSheetViewSet(DossierMixin, ScopedViewSet):
    """单位得分表：各项得分、加减分、名次。"""

    queryset = UnitSheet.objects.for_list()
    serializer_class = UnitSheetSerializer
    filterset_class = UnitSheetFilter
    workflow = UNIT_SHEET
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "total": "total", "place": "place"}

    def get_serializer_class(self) -> type[Any]:
        return UnitSheetSerializer if self.action == "list" else WholeUnitSheetSerializer

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if self.action == "list":
            return rows
        return rows.prefetch_related("lines__scheme", "adjustments", "corrections__line")

    @verb(
        shapes.AdjustShape,
        WholeUnitSheetSerializer,
        example={"kind": "plus", "points": "1", "reason": "经验在全市推广。"},
    )
    def adjust(self, request: Request, id: str) -> Response:
        """登记加减分、一票否决、年度任务未完成。"""
        return self.act(sheets.adjust, shapes.AdjustShape)

    @verb(shapes.WithdrawShape, WholeUnitSheetSerializer, example={"adjustment": "1", "note": "登记错误。"})
    def withdraw_adjustment(self, request: Request, id: str) -> Response:
        """撤销加减分，写明理由。"""
        return self.act(sheets.withdraw_adjustment, shapes.WithdrawShape)

    @verb(NoteShape, WholeUnitSheetSerializer, example={"note": "本期新设，情况不可比。"})
    def leave_out(self, request: Request, id: str) -> Response:
        """不参加排名，写明理由。"""
        return self.act(sheets.leave_out, NoteShape)

    @verb(NoteShape, WholeUnitSheetSerializer, example={})
    def take_in(self, request: Request, id: str) -> Response:
        """恢复参加排名。"""
        return self.act(sheets.take_in, NoteShape)

    @verb(
        shapes.CorrectPointsShape,
        WholeUnitSheetSerializer,
        example={"line": "1", "points": "0.5", "note": "复核发现计数有误。"},
    )
    def correct(self, request: Request, id: str) -> Response:
        """签发以后的更正：列在旁边，签发的得分和名次不变。"""
        return self.act(sheets.correct, shapes.CorrectPointsShape)


class ScoreSheetViewSet(DossierMixin, ScopedViewSet):
    """评分表：指定单位评分、逆向考评。每项 0 至 100 分，按权重折算。"""

    queryset = ScoreSheet.objects.for_list()
    serializer_class = ScoreSheetSerializer
    filterset_class = ScoreSheetFilter
    workflow = SCORE_SHEET
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "due_on": "due_on"}

    def get_serializer_class(self) -> type[Any]:
        return ScoreSheetSerializer if self.action == "list" else WholeScoreSheetSerializer

    @verb(
        shapes.ScoresShape, WholeScoreSheetSerializer,
        example={"scores": [{"unit": "柳溪镇人民政府", "indicator": "work", "points": "92.5"}]},
    )  # fmt: skip
    def score(self, request: Request, id: str) -> Response:
        """评分，可以只评一部分。"""
        return self.act(scoring.score, shapes.ScoresShape)

    @verb(NoteShape, WholeScoreSheetSerializer, example={})
    def submit(self, request: Request, id: str) -> Response:
        """提交评分；没有评完的不能提交。"""
        return self.act(scoring.submit, NoteShape)

    @verb(NoteShape, WholeScoreSheetSerializer, example={"note": "各单位得分相同，请重评。"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回重评，写明理由。"""
        return self.act(scoring.send_back, NoteShape)

    @verb(NoteShape, WholeScoreSheetSerializer, example={"note": "该单位本期机构改革。"})
    def waive(self, request: Request, id: str) -> Response:
        """不再要求评分，写明理由。"""
        return self.act(scoring.waive, NoteShape)
