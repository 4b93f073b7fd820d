"""Projects for machines."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funds.api import project_shapes as shapes
from funds.api.project_ledger import COLUMNS, with_columns
from funds.api.project_notices import NoticeVerbs
from funds.api.project_serializers import (
    DoubleSerializer,
    LineSerializer,
    ProjectSerializer,
    ReportSerializer,
)
from funds.models import Project
from funds.project_filters import ProjectFilter
from funds.services import building, progress_reports, projects, reviewing
from funds.workflow.projects import PROJECT
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.batches import batch_create
from povertyaudit.core.api.dossiers import ALONE, DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

NEW = {
    "title": "荻渚镇茶园观光步道", "kind": "INDUSTRY", "year": 2026, "region": "990101102000", "content": "新建步道 800 米，宽 1.2 米。",
    "responsible_unit": "荻渚镇人民政府", "sector_unit": "县农业农村局", "planned_fen": 23600000,
    "plan_start": "2026-10-01", "plan_end": "2027-03-31", "households": 42, "persons": 150,
}  # fmt: skip
SURVEY = {"survey": "已到现场勘察，用地已落实，具备实施条件。"}
ANSWER = {"double": "1", "decision": "different", "answer": "地点不同，前一个项目在另一组，内容也不相同。"}
AWARD = {
    "contractor": "青禾县岚丰建设有限公司",
    "contract_no": "QH-HT-2026-088",
    "contract_fen": 100,
    "retention_fen": 5,
}
LINES = [{"allocation": "990101-XD-2026-0001", "amount_fen": 100000}]
APPROVAL = {
    "review_text": "各部门会审，没有重复安排，同意实施。", "approval_no": "青扶批〔2026〕88号", "approved_fen": 100000, "lines": LINES,
}  # fmt: skip


class ProjectViewSet(NoticeVerbs, DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """项目库：入库、会审、批复、开工、完工、验收、竣工公示。金额单位为分。"""

    queryset = Project.objects.for_list()
    serializer_class = ProjectSerializer
    filterset_class = ProjectFilter
    workflow = PROJECT
    ledger_columns, ledger_name = COLUMNS, "projects"
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings,
        **{
            name: name
            for name in (
                "stored_on",
                "plan_start",
                "plan_end",
                "planned_fen",
                "funded_fen",
                "paid_fen",
                "spent_fen",
            )
        },
    }

    def ledger_rows(self) -> Any:
        return with_columns(super().ledger_rows())

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        kind = said.pop("kind", "paper")
        if kind.startswith("notice:"):
            return self.attach_notice_photo(row, upload, kind, **said)
        return projects.attach(row, file=upload, kind=kind, **said)

    @write_schema(shapes.ProjectShape, ProjectSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """申报入库（实施单位、主管部门、财政）。"""
        return self.make(projects.store, shapes.ProjectShape)

    batch = batch_create(projects.store, shapes.ProjectShape, example=NEW)

    @verb(shapes.AmendProjectShape, ProjectSerializer, example={"targets": "带动 42 户增收。"})
    def amend(self, request: Request, id: str) -> Response:
        """修改没有提请会审的项目。"""
        return self.act(projects.amend, shapes.AmendProjectShape)

    @verb(shapes.SurveyShape, ProjectSerializer, example=SURVEY)
    def submit_review(self, request: Request, id: str) -> Response:
        """提请会审（主管部门）：疑似重复的项目列在 `doubles/`。"""
        return self.act(reviewing.submit_review, shapes.SurveyShape)

    @verb(shapes.DoubleShape, ProjectSerializer, example=ANSWER)
    def answer_double(self, request: Request, id: str) -> Response:
        """答复一个疑似重复的项目（财政、县领导）。"""
        return self.act(reviewing.answer_double, shapes.DoubleShape)

    @verb(shapes.ApprovalShape, ProjectSerializer, example=APPROVAL)
    def approve(self, request: Request, id: str) -> Response:
        """批复并安排资金来源（财政、县领导；申报人不能批复）。"""
        return self.act(reviewing.approve, shapes.ApprovalShape)

    @verb(NoteShape, ProjectSerializer, example={"note": "建设规模偏大，请核减后重新申报。"})
    def return_to_store(self, request: Request, id: str) -> Response:
        """退回修改，写明理由。"""
        return self.act(reviewing.return_to_store, NoteShape)

    @verb(shapes.LinesShape, ProjectSerializer, example={"lines": LINES, "note": "按下达情况调整。"})
    def set_lines(self, request: Request, id: str) -> Response:
        """调整资金来源（财政）：合计等于批复金额。"""
        return self.act(projects.set_lines, shapes.LinesShape)

    @verb(
        shapes.ProjectChangeShape,
        ProjectSerializer,
        example={"planned_fen": 90000000000, "note": "路线延长。"},
    )
    def change_plan(self, request: Request, id: str) -> Response:
        """变更计划：超过规定幅度的回到会审。"""
        return self.act(projects.change_plan, shapes.ProjectChangeShape)

    @verb(shapes.AwardShape, ProjectSerializer, example=AWARD)
    def award(self, request: Request, id: str) -> Response:
        """登记招标和合同（实施单位、主管部门）。"""
        return self.act(building.award, shapes.AwardShape)

    @verb(shapes.ProjectStartShape, ProjectSerializer, example={})
    def start(self, request: Request, id: str) -> Response:
        """登记开工（实施单位）。"""
        return self.act(building.start, shapes.ProjectStartShape)

    @verb(NoteShape, ProjectSerializer, example={"note": "用地没有落实，暂不能开工。"})
    def stall(self, request: Request, id: str) -> Response:
        """登记未能开工，写明原因。"""
        return self.act(building.stall, NoteShape)

    @verb(
        shapes.ProgressReportShape, ProjectSerializer,
        example={"percent": 60, "text": "路基完成，开始铺设路面。"},
    )  # fmt: skip
    def report_progress(self, request: Request, id: str) -> Response:
        """报告进度（实施单位，开工以后）。"""
        return self.act(progress_reports.report_progress, shapes.ProgressReportShape)

    @verb(shapes.CompleteShape, ProjectSerializer, example={})
    def complete(self, request: Request, id: str) -> Response:
        """登记完工（实施单位）。"""
        return self.act(building.complete, shapes.CompleteShape)

    @verb(
        shapes.AcceptShape, ProjectSerializer,
        example={"accepted_text": "实际完成工程量与合同一致。", "settled_fen": 9000000},
    )  # fmt: skip
    def accept(self, request: Request, id: str) -> Response:
        """验收（主管部门）。"""
        return self.act(building.accept, shapes.AcceptShape)

    @verb(NoteShape, ProjectSerializer, example={"note": "路面厚度不够，返工后再申请验收。"})
    def refuse_acceptance(self, request: Request, id: str) -> Response:
        """验收不合格退回，写明理由。"""
        return self.act(building.refuse_acceptance, NoteShape)

    @verb(shapes.PublishShape, ProjectSerializer, example={})
    def publish(self, request: Request, id: str) -> Response:
        """登记竣工公示（实施单位）。"""
        return self.act(building.publish, shapes.PublishShape)

    @verb(NoteShape, ProjectSerializer, example={"note": "无法实施，取消计划。"})
    def cancel(self, request: Request, id: str) -> Response:
        """取消项目：安排的资金退回下达文件。"""
        return self.act(projects.cancel, NoteShape)

    @extend_schema(responses=LineSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def lines(self, request: Request, id: str) -> Response:
        """项目的资金来源。"""
        rows = self.get_object().lines.visible_to(self.user).for_list()
        return Response(LineSerializer(rows, many=True).data)

    @extend_schema(responses=ReportSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def reports(self, request: Request, id: str) -> Response:
        """项目的进度报告，最近的在前。"""
        rows = self.get_object().reports.visible_to(self.user).for_list()
        return Response(ReportSerializer(rows, many=True).data)

    @extend_schema(responses=DoubleSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def doubles(self, request: Request, id: str) -> Response:
        """疑似重复的项目、理由和答复。"""
        rows = self.get_object().doubles.visible_to(self.user).for_list()
        return Response(DoubleSerializer(rows, many=True).data)
