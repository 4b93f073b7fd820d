"""Look-backs for machines: plans with their draw, rows with what was found. Secret as on the pages."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.bulk import bulk_verb
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment
from rectification.api import look_back_shapes as shapes
from rectification.look_back_filters import LookBackCheckFilter, LookBackFilter
from rectification.models import LookBack, LookBackAnswer, LookBackCheck, LookBackDraw
from rectification.services import look_back_checks as checks
from rectification.services import look_backs as plans
from rectification.workflow.look_backs import LOOK_BACK, LOOK_BACK_CHECK

NEW = {
    "title": "销号事项和退还款项回头看", "region": "990101000000", "origin": "period", "period_from": "2018-01-01",
    "period_to": "2035-12-31", "random_size": 1, "basis": "县纪委监委工作安排", "starts_on": "2026-01-05",
    "ends_on": "2035-12-31", "approver": "secretary",
}  # fmt: skip
RESULT = {
    "result": "confirmed", "finding": "到户查看，渠道已修复，补助已到账。",
    "answers": [{"role": "household", "surname": "陶", "paid": "yes", "paid_by": "村会计，现金", "amount_fen": 50000}],
}  # fmt: skip


class LookBackDrawSerializer(serializers.ModelSerializer[LookBackDraw]):
    """The draw. A row's lot is SHA-256 of "<seed>:<key>"; of the rows without a ground the smallest are drawn."""

    population = serializers.JSONField(read_only=True, help_text="[编号, 单位, 金额（分）, 列入依据]")
    drawn = serializers.JSONField(read_only=True, help_text="随机抽中的编号")
    drawn_by = serializers.CharField(source="drawn_by.display_name", read_only=True)

    class Meta:
        model = LookBackDraw
        fields = ("seed", "population", "drawn", "drawn_by", "drawn_at")


class LookBackSerializer(RecordSerializer):
    """A plan: known to its planners until it is finished; numbered then."""

    round = serializers.CharField(source="round.public_id", default=None, read_only=True)
    campaign = serializers.CharField(source="campaign.public_id", default=None, read_only=True)
    drafted_by = serializers.CharField(source="drafted_by.display_name", read_only=True)
    desk_unit = serializers.CharField(source="desk_unit.name", read_only=True)
    approver = serializers.CharField(source="approver.display_name", read_only=True)
    checks_all = serializers.IntegerField(read_only=True, help_text="抽查件数")
    checks_done = serializers.IntegerField(read_only=True, help_text="有结果的件数")
    checks_relapsed = serializers.IntegerField(read_only=True, help_text="反弹件数")

    class Meta:
        model = LookBack
        fields = (
            *RecordSerializer.COMMON, "title", "origin", "round", "campaign", "period_from", "period_to", "pool",
            "random_size", "above_fen", "repeat_units", "basis", "starts_on", "ends_on", "drafted_by", "desk_unit",
            "approver", "approved_on", "finished_on", "checks_all", "checks_done", "checks_relapsed",
        )  # fmt: skip


class WholeLookBackSerializer(LookBackSerializer):
    """The plan itself, with its draw."""

    units = serializers.SerializerMethodField(help_text="指定抽查的单位")
    draw = LookBackDrawSerializer(read_only=True)

    class Meta(LookBackSerializer.Meta):
        fields = (*LookBackSerializer.Meta.fields, "units", "draw")

    def get_units(self, row: LookBack) -> list[str]:
        return [one.unit.name for one in row.units.all()]


class LookBackAnswerSerializer(serializers.ModelSerializer[LookBackAnswer]):
    """One person asked, by role and family name."""

    class Meta:
        model = LookBackAnswer
        fields = ("role", "surname", "paid", "paid_on", "paid_by", "amount_fen", "said")


class LookBackCheckSerializer(RecordSerializer):
    """One row of a look-back, known to its planners and its checker until it is told."""

    plan = serializers.CharField(source="plan.public_id", read_only=True)
    item = serializers.CharField(source="item.number", default=None, read_only=True)
    about = serializers.CharField(read_only=True, help_text="事项编号；退还款项为违规资金编号和凭证号")
    unit = serializers.CharField(source="unit.name", read_only=True)
    signer = serializers.CharField(source="signer.name", default=None, read_only=True)
    due_on = serializers.DateField(default=None, read_only=True, help_text="核查期限；没有在计算的为空")
    checker = serializers.CharField(source="checker.display_name", default=None, read_only=True)
    decided_by = serializers.CharField(source="decided_by.display_name", default=None, read_only=True)
    new_item = serializers.CharField(source="new_item.number", default=None, read_only=True)

    class Meta:
        model = LookBackCheck
        fields = (
            *RecordSerializer.COMMON, "plan", "seq", "ground", "item", "about", "unit", "signer", "kind", "amount_fen",
            "checker", "due_on", "visited_on", "decided_by", "decided_on", "new_item",
        )  # fmt: skip


class WholeLookBackCheckSerializer(LookBackCheckSerializer):
    """The row itself, with what was found and said."""

    answers = LookBackAnswerSerializer(many=True, read_only=True)
    questions = serializers.JSONField(read_only=True, help_text="当时的询问提纲")

    class Meta(LookBackCheckSerializer.Meta):
        fields = (
            *LookBackCheckSerializer.Meta.fields, "place_text", "latitude", "longitude", "finding", "reason", "questions",
            "answers",
        )  # fmt: skip


class LookBackViewSet(DossierMixin, ScopedViewSet):
    """回头看计划。办结前只有拟定单位和批准人可见，办结时才编号。"""

    queryset = LookBack.objects.for_page()
    serializer_class = LookBackSerializer
    filterset_class = LookBackFilter
    workflow = LOOK_BACK
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings,
        "starts_on": "starts_on",
        "ends_on": "ends_on",
    }

    def get_serializer_class(self) -> type[Any]:
        return LookBackSerializer if self.action == "list" else WholeLookBackSerializer

    @write_schema(shapes.LookBackShape, WholeLookBackSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """拟定并抽取（巡察办、监督检查室；按时间的案管室也可）。"""
        return self.make(plans.plan, shapes.LookBackShape)

    @verb(NoteShape, WholeLookBackSerializer, example={})
    def approve(self, request: Request, id: str) -> Response:
        """批准。"""
        return self.act(plans.approve, NoteShape)

    @verb(NoteShape, WholeLookBackSerializer, example={})
    def finish(self, request: Request, id: str) -> Response:
        """办结并告知结果：编号，责任单位在事项上看到结果。"""
        return self.act(plans.finish, NoteShape)

    @verb(NoteShape, WholeLookBackSerializer, example={"note": "汛期，改期另行拟定。"})
    def cancel(self, request: Request, id: str) -> Response:
        """取消，写明理由；已有结果的不能取消。"""
        return self.act(plans.cancel, NoteShape)


class LookBackCheckViewSet(DossierMixin, AttachMixin, ScopedViewSet):
    """回头看核查：分派、登记结果、反弹以后重新打开或者另立事项。金额单位为分。"""

    queryset = LookBackCheck.objects.for_list()
    serializer_class = LookBackCheckSerializer
    filterset_class = LookBackCheckFilter
    workflow = LOOK_BACK_CHECK
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "visited_on": "visited_on"}
    bulk_assign = bulk_verb(
        LOOK_BACK_CHECK, "assign", checks.assign, shapes.AssignCheckerShape,
        example={"ids": ["Xk3mT8vQwZ4rN7sB2yGhCd"], "checker": "patrol1"},
    )  # fmt: skip

    def get_serializer_class(self) -> type[Any]:
        return LookBackCheckSerializer if self.action == "list" else WholeLookBackCheckSerializer

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows if self.action == "list" else rows.prefetch_related("answers")

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        said.pop("kind", None)
        return checks.attach(row, file=upload, **said)

    @verb(shapes.AssignCheckerShape, WholeLookBackCheckSerializer, example={"checker": "patrol1"})
    def assign(self, request: Request, id: str) -> Response:
        """分派、改派核查人。"""
        return self.act(checks.assign, shapes.AssignCheckerShape)

    @verb(shapes.LookBackResultShape, WholeLookBackCheckSerializer, example=RESULT)
    def record(self, request: Request, id: str) -> Response:
        """登记核查结果（核查人）；照片用 attach 上传。"""
        return self.act(checks.record, shapes.LookBackResultShape)

    @verb(
        shapes.ReopenItemShape,
        WholeLookBackCheckSerializer,
        example={"due_on": "2035-12-31", "note": "问题反弹。"},
    )
    def reopen_item(self, request: Request, id: str) -> Response:
        """重新打开原事项（领导，不是原复核人）。"""
        return self.act(checks.reopen_item, shapes.ReopenItemShape)

    @verb(shapes.RelapsedItemShape, WholeLookBackCheckSerializer, example={"problem": "同类问题又发生。"})
    def open_item(self, request: Request, id: str) -> Response:
        """另立整改事项，写明反弹自原事项（监督检查室、案管室）。"""
        return self.act(checks.open_item, shapes.RelapsedItemShape)

    @verb(NoteShape, WholeLookBackCheckSerializer, example={"note": "当事人已外迁，无法核实。"})
    def drop(self, request: Request, id: str) -> Response:
        """不再核查，写明理由。"""
        return self.act(checks.drop, NoteShape)
