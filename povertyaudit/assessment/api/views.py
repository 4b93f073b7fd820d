"""Assessments for machines: assessments, units' sheets and offices' sheets. Secret as on the pages."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.assessment.api import shapes
from povertyaudit.assessment.api.serializers import (
    AssessmentSerializer,
    ScoreSheetSerializer,
    UnitSheetSerializer,
    WholeScoreSheetSerializer,
    WholeUnitSheetSerializer,
)
from povertyaudit.assessment.filters import AssessmentFilter, ScoreSheetFilter, UnitSheetFilter
from povertyaudit.assessment.ledger import ASSESSMENT_COLUMNS, UNIT_SHEET_COLUMNS
from povertyaudit.assessment.models import Assessment, ScoreSheet, UnitSheet
from povertyaudit.assessment.services import deciding, opening, scoring, sheets
from povertyaudit.assessment.workflow.assessments import ASSESSMENT, SCORE_SHEET, UNIT_SHEET
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.api.viewsets import ScopedViewSet


class AssessmentViewSet(DossierMixin, LedgerMixin, ScopedViewSet):
    """考核：启动、选定办法、签发、公布。公布以前被考核单位查不到。"""

    queryset = Assessment.objects.for_list()
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter
    ledger_columns, ledger_name = ASSESSMENT_COLUMNS, "assessments"
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


class UnitSheetViewSet(DossierMixin, LedgerMixin, ScopedViewSet):
    """单位得分表：各项得分、加减分、名次。"""

    queryset = UnitSheet.objects.for_list()
    serializer_class = UnitSheetSerializer
    filterset_class = UnitSheetFilter
    ledger_columns, ledger_name = UNIT_SHEET_COLUMNS, "unit-sheets"
    workflow = UNIT_SHEET
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "total": "total", "place": "place"}

    def get_serializer_class(self) -> type[Any]:
        return UnitSheetSerializer if self.action == "list" else WholeUnitSheetSerializer

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if self.action == "list":
            return rows
        return rows.prefetch_related("lines__scheme", "corrections__line")

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

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows if self.action == "list" else rows.prefetch_related("scores__unit_sheet__unit")

    @verb(
        shapes.ScoresShape, WholeScoreSheetSerializer,
        example={"scores": [{"unit": "荻渚镇人民政府", "indicator": "work", "points": "92.5"}]},
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
