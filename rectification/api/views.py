"""Items and measures for machines."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.api.shapes import RhythmShape
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.bulk import bulk_verb
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.api.uploads import with_files
from povertyaudit.core.api.viewsets import ScopedViewSet
from rectification import services
from rectification.api import shapes
from rectification.api.arranging import TransferMixin
from rectification.api.clocks import ClocksMixin
from rectification.api.evidence import EvidenceMixin
from rectification.api.ledger import COLUMNS, with_columns
from rectification.api.publishing import PublishingMixin
from rectification.api.regrouping import RegroupingMixin
from rectification.api.serializers import ItemRecordSerializer, ItemSerializer
from rectification.api.verifying import VERIFIED, VerifyShape
from rectification.filters import ItemFilter
from rectification.models import Item
from rectification.workflow import ITEM

NEW_ITEM = {
    "source": "audit", "paper": "990101-LY-2026-002", "problem_class": "资金使用", "aspect": "产业奖补资金拨付",
    "problem": "产业奖补资金滞留在镇财政专户三个月以上，未及时兑付到户。", "goal": "奖补资金全部兑付到户，建立兑付时限制度。",
    "main_unit": "荻渚镇人民政府", "lead_unit": "县农业农村局", "responsible_person": "镇长",
    "measures": [{"text": "逐户核对应兑付名单，一次性兑付到户。"}, {"text": "制定奖补资金兑付时限制度。"}],
}  # fmt: skip
REPORT = {"text": "已完成应兑付名单核对，正在组织兑付。", "completion": "ongoing"}
AGREED = {"note": "情况属实，同意。"}
REASON = {"note": "佐证材料不足，请补充整改前后同角度照片。"}
TWO = {"ids": ["990101-ZG-2026-0001", "990101-ZG-2026-0002"]}  # verbs for many: each row answers for itself
RHYTHM = {"cadence": "ten_days", "note": "整改进入集中攻坚阶段。"}
PRESS = {"note": "请于本周内报送进展。"}
PAUSE = {"until": "2027-01-31", "note": "所涉工程因汛情停工，复工后恢复。"}


class ItemViewSet(
    TransferMixin,
    RegroupingMixin,
    EvidenceMixin,
    PublishingMixin,
    ClocksMixin,
    DossierMixin,
    AttachMixin,
    LedgerMixin,
    ScopedViewSet,
):
    """整改事项：登记、下发、签收、报告、申请销号、审核、复核。"""

    queryset = Item.objects.all()
    serializer_class = ItemRecordSerializer
    filterset_class = ItemFilter
    workflow = ITEM
    ledger_columns, ledger_name = COLUMNS, "items"
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings,
        "due_on": "due_on",
        "closed_on": "closed_on",
        "issued_on": "issued_on",
    }

    def get_queryset(self) -> Any:
        """Lists fetch what a line shows, records the whole tree, ledgers nothing beside their columns."""
        rows = super().get_queryset()
        if self.action.startswith("ledger"):
            return rows
        return rows.for_list() if self.action == "list" else rows.for_page()

    def get_serializer_class(self) -> Any:
        return ItemSerializer if self.action == "list" else ItemRecordSerializer

    def ledger_rows(self) -> Any:
        return with_columns(super().ledger_rows())

    @extend_schema(responses=ItemSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """管辖范围内的整改事项。"""
        return super().list(request, *args, **kwargs)

    @write_schema(shapes.ItemShape, ItemRecordSerializer, example=NEW_ITEM, status=201)
    def create(self, request: Request) -> Response:
        """登记整改事项（巡察发现的由巡察办，其他由监督检查室或者案管室），状态为草稿。"""
        return self.make(services.create_item, shapes.ItemShape)

    @verb(shapes.EditShape, ItemRecordSerializer, example={"responsible_person": "副镇长"})
    def edit(self, request: Request, id: str) -> Response:
        """修改。已签署的内容改动后，签署失效。"""
        return self.act(services.edit, shapes.EditShape)

    bulk_issue = bulk_verb(ITEM, "issue", services.issue, NoteShape, example=TWO)
    bulk_accept = bulk_verb(ITEM, "accept", services.accept, NoteShape, example=TWO)
    bulk_set_rhythm = bulk_verb(ITEM, "set_rhythm", services.set_rhythm, RhythmShape, example=TWO | RHYTHM)
    bulk_verify = bulk_verb(ITEM, "verify", services.verify_simple, VerifyShape, example=TWO | VERIFIED)
    bulk_press = bulk_verb(ITEM, "press", services.press, shapes.ReasonShape, example=TWO | PRESS)

    @verb(NoteShape, ItemRecordSerializer, example=AGREED)
    def issue(self, request: Request, id: str) -> Response:
        """下发。"""
        return self.act(services.issue, NoteShape)

    @verb(NoteShape, ItemRecordSerializer, example={"note": "已签收。"})
    def accept(self, request: Request, id: str) -> Response:
        """签收（主责单位）。"""
        return self.act(services.accept, NoteShape)

    @with_files
    @verb(shapes.ReportShape, ItemRecordSerializer, example=REPORT)
    def report(self, request: Request, id: str) -> Response:
        """报告进展（责任单位），可附照片；状态不变。"""
        return self.act(services.report, shapes.ReportShape)

    @verb(NoteShape, ItemRecordSerializer, example=AGREED)
    def apply(self, request: Request, id: str) -> Response:
        """申请销号并签署（主责单位主要负责人）。签署失效后可重新申请。"""
        return self.act(services.apply, NoteShape)

    @verb(NoteShape, ItemRecordSerializer, example=AGREED)
    def review(self, request: Request, id: str) -> Response:
        """审核并签署（牵头单位）。"""
        return self.act(services.review, NoteShape)

    @verb(VerifyShape, ItemRecordSerializer, example=VERIFIED)
    def verify(self, request: Request, id: str) -> Response:
        """复核验收并签署，销号（巡察发现的由巡察办，其他由纪检监察机关）；写明怎样复核的。"""
        return self.act(services.verify, VerifyShape)

    @verb(shapes.SendBackShape, ItemRecordSerializer, example=REASON | {"reason_code": "sb_no_figures"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回补充，须写明理由。"""
        return self.act(services.send_back, shapes.SendBackShape)

    @verb(
        shapes.ExtensionShape,
        ItemRecordSerializer,
        example={"until": "2028-12-31", "reason_code": "ex_season", "reason": "需跨越一个生产周期。"},
    )
    def request_extension(self, request: Request, id: str) -> Response:
        """申请延期。"""
        return self.act(services.request_extension, shapes.ExtensionShape)

    @verb(shapes.DecisionShape, ItemRecordSerializer, example={"granted": True})
    def decide_extension(self, request: Request, id: str) -> Response:
        """批复延期。"""
        return self.act(services.decide_extension, shapes.DecisionShape)

    @verb(shapes.LongTermShape, ItemRecordSerializer, example={"stage_goal": "每季度开展一次政策宣讲。"})
    def mark_long_term(self, request: Request, id: str) -> Response:
        """列入长期坚持，须有阶段目标。"""
        return self.act(services.mark_long_term, shapes.LongTermShape)

    @verb(
        shapes.StageReportShape,
        ItemRecordSerializer,
        example={"result": "本季度宣讲 62 场，咨询类来访下降 4 个百分点。", "met": True},
    )
    def report_stage(self, request: Request, id: str) -> Response:
        """阶段报告并签署（主责单位主要负责人），开始下一阶段。"""
        return self.act(services.report_stage, shapes.StageReportShape)

    @verb(
        shapes.StageShape,
        ItemRecordSerializer,
        example={"stage_goal": "每季度宣讲不少于 60 场。", "note": "结合实际提高要求。"},
    )
    def set_stage(self, request: Request, id: str) -> Response:
        """调整正在进行的阶段目标。"""
        return self.act(services.set_stage, shapes.StageShape)

    @verb(RhythmShape, ItemRecordSerializer, example=RHYTHM)
    def set_rhythm(self, request: Request, id: str) -> Response:
        """调整报告周期：旬报、月报、周报，或者不要求定期报告。"""
        return self.act(services.set_rhythm, RhythmShape)

    @verb(shapes.ReasonShape, ItemRecordSerializer, example=PRESS)
    def press(self, request: Request, id: str) -> Response:
        """督办；状态不变。"""
        return self.act(services.press, shapes.ReasonShape)

    @verb(shapes.PauseShape, ItemRecordSerializer, example=PAUSE)
    def pause_pressing(self, request: Request, id: str) -> Response:
        """暂停督办（分管领导、主要负责人）；期满自动恢复。"""
        return self.act(services.pause_pressing, shapes.PauseShape)

    @verb(NoteShape, ItemRecordSerializer, example={"note": "情况已变化，恢复督办。"})
    def resume_pressing(self, request: Request, id: str) -> Response:
        """提前恢复督办。"""
        return self.act(services.resume_pressing, NoteShape)

    @verb(
        shapes.ReopenShape, ItemRecordSerializer, example={"note": "抽查发现反弹。", "due_on": "2028-12-31"}
    )
    def reopen(self, request: Request, id: str) -> Response:
        """重新打开；原销号记录保留。"""
        return self.act(services.reopen, shapes.ReopenShape)

    @verb(shapes.NewMeasureShape, ItemRecordSerializer, example={"text": "组织开展政策培训。"})
    def add_measure(self, request: Request, id: str) -> Response:
        """增加措施。"""
        return self.act(services.add_measure, shapes.NewMeasureShape)

    @verb(
        shapes.EditNamedMeasureShape,
        ItemRecordSerializer,
        example={"measure": "1", "text": "逐户核对后一次性兑付。"},
    )
    def edit_measure(self, request: Request, id: str) -> Response:
        """修改措施。"""
        return self.act(services.edit_measure, shapes.EditNamedMeasureShape)

    @verb(shapes.NamedMeasureShape, ItemRecordSerializer, example={"measure": "1", "note": "与第二条重复。"})
    def remove_measure(self, request: Request, id: str) -> Response:
        """删除没有成效和佐证材料的措施。"""
        return self.act(services.remove_measure, shapes.NamedMeasureShape)

    @verb(
        shapes.ResultShape,
        ItemRecordSerializer,
        example={"text": "已举一反三排查同类问题。", "figures": "排查 20 个村"},
    )
    def add_result(self, request: Request, id: str) -> Response:
        """填写成效。"""
        return self.act(services.add_result, shapes.ResultShape)

    @verb(shapes.EditResultShape, ItemRecordSerializer, example={"result": "1", "text": "已全部兑付到户。"})
    def edit_result(self, request: Request, id: str) -> Response:
        """修改成效。"""
        return self.act(services.edit_result, shapes.EditResultShape)
