"""反馈文件 and 整改清单 for machines."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funds.api.serializers import MisuseSerializer
from funds.api.shapes import MisuseShape
from funds.models import Misuse
from inspections.models import Round
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import DayField, LineField
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment
from rectification import attached
from rectification.api.fields import MeasurePart, ResultPart, UnitPart
from rectification.api.part_ledgers import SOURCE_PAPER_COLUMNS
from rectification.api.shapes import ReasonShape
from rectification.models import PaperKind, SourcePaper
from rectification.paper_filters import SourcePaperFilter
from rectification.services import paper_money
from rectification.services import source_papers as services
from rectification.tree import Tree, tree_of
from rectification.workflow.source_papers import SOURCE_PAPER

NEW = {
    "kind": "audit", "title": "关于产业扶贫资金专项审计的反馈意见", "issuer": "市审计局", "document": "审农报〔2026〕9号",
    "received_on": "2026-03-02",
}  # fmt: skip
NEW_MISUSE = {
    "title": "项目管理费超比例列支", "kind": "OUT_OF_SCOPE", "amount_fen": 2_150_000, "how_found": "audit",
    "description": "项目管理费超过规定比例列支。", "responsible_unit": "荻渚镇人民政府", "nature": "MISCONDUCT",
}  # fmt: skip


class SourcePaperSerializer(RecordSerializer):
    """The paper that brought items."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    registered_by = serializers.CharField(source="registered_by.display_name", read_only=True)

    class Meta:
        model = SourcePaper
        fields = (
            *RecordSerializer.COMMON, "kind", "kind_display", "title", "issuer", "document", "received_on",
            "registered_by",
        )  # fmt: skip


class EditSourcePaperShape(NoteShape):
    """Only what is sent is changed."""

    kind = serializers.ChoiceField(choices=PaperKind.choices, required=False, help_text="类别")
    title = LineField(max_length=200, required=False, help_text="文件名称")
    issuer = LineField(max_length=100, required=False, help_text="发文机关")
    document = LineField(max_length=60, required=False, allow_blank=True, help_text="文号")
    received_on = DayField(required=False, help_text="收到日期")


class SourcePaperShape(NoteShape):
    kind = serializers.ChoiceField(choices=PaperKind.choices, help_text="类别")
    title = LineField(max_length=200, help_text="文件名称")
    issuer = LineField(max_length=100, help_text="发文机关")
    document = LineField(max_length=60, required=False, allow_blank=True, help_text="文号")
    received_on = DayField(help_text="收到日期")


class PaperMisuseShape(MisuseShape):
    """As a new misuse."""


class TreeLineSerializer(serializers.Serializer[Any]):
    """（n）: a measure beside its results; `measure` null: done beyond the measures."""

    no = serializers.IntegerField()
    measure = MeasurePart(allow_null=True)
    results = ResultPart(many=True)


class TreeProblemSerializer(serializers.Serializer[Any]):
    """One item with its number in the tree."""

    no = serializers.IntegerField()
    item = serializers.CharField(source="item.public_id")
    number = serializers.CharField(source="item.number")
    problem = serializers.CharField(source="item.problem")
    goal = serializers.CharField(source="item.goal")
    state = serializers.CharField(source="item.state")
    state_display = serializers.CharField(source="item.get_state_display")
    completion = serializers.CharField(source="item.completion")
    completion_display = serializers.CharField(source="item.get_completion_display")
    leading_leader = serializers.CharField(source="item.leading_leader.display_name", default=None)
    lead_unit_name = serializers.CharField(source="item.lead_unit.name")
    units = UnitPart(source="item.units", many=True)
    due_on = serializers.DateField(source="item.due_on", allow_null=True)
    closed_on = serializers.DateField(source="item.closed_on", allow_null=True)
    ever_late = serializers.BooleanField(source="item.was_late", help_text="任何一次销号逾期")
    lines = TreeLineSerializer(many=True)


class TreeAspectSerializer(serializers.Serializer[Any]):
    """方面."""

    no = serializers.IntegerField()
    name = serializers.CharField()
    problems = TreeProblemSerializer(many=True)


class TreeClassSerializer(serializers.Serializer[Any]):
    """大类."""

    no = serializers.IntegerField()
    name = serializers.CharField()
    aspects = TreeAspectSerializer(many=True)


class ShareSerializer(serializers.Serializer[Any]):
    """A figure with its denominator."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    part = serializers.IntegerField(help_text="分子")
    whole = serializers.IntegerField(help_text="分母")


class TreeSerializer(serializers.Serializer[Any]):
    """Class → aspect → problem → measures with results, of what the caller may know of."""

    items = serializers.IntegerField(help_text="整改事项数")
    measures = serializers.IntegerField(help_text="整改措施数")
    shares = ShareSerializer(many=True)
    classes = TreeClassSerializer(many=True)


def _answer(tree: Tree) -> Response:
    return Response(TreeSerializer(tree).data)


class SourcePaperViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """反馈文件：审计反馈、考核评估、上级反馈。"""

    queryset = SourcePaper.objects.for_list()
    serializer_class = SourcePaperSerializer
    filterset_class = SourcePaperFilter
    ledger_columns, ledger_name = SOURCE_PAPER_COLUMNS, "source-papers"
    workflow = SOURCE_PAPER
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "received_on": "received_on"}

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        """One file of the scan of the original."""
        services.attach_scan(row, by=said["by"], files=[upload], title=said.get("title", ""))
        return attached.of(row)[-1]

    @write_schema(SourcePaperShape, SourcePaperSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """登记反馈文件（监督检查室、案管室）。"""
        return self.make(services.register_paper, SourcePaperShape)

    @verb(EditSourcePaperShape, SourcePaperSerializer, example={"document": "审农报〔2026〕12号"})
    def edit(self, request: Request, id: str) -> Response:
        """修改；已经转出整改事项的，类别不能改变。"""
        return self.act(services.edit_paper, EditSourcePaperShape)

    @verb(PaperMisuseShape, MisuseSerializer, example=NEW_MISUSE)
    def register_misuse(self, request: Request, id: str) -> Response:
        """登记文件反映的违规资金（监督检查室）；答复是登记的违规资金。"""
        paper = self.get_object()
        said = self.body(PaperMisuseShape)
        made = paper_money.register_misuse(
            paper, by=self.user, expected_version=self.expected_version(), **said
        )
        found = Misuse.objects.visible_to(self.user).for_list().get(pk=made.pk)
        return Response(MisuseSerializer(found, context=self.get_serializer_context()).data)

    @verb(ReasonShape, SourcePaperSerializer, example={"note": "重复登记。"})
    def discard(self, request: Request, id: str) -> Response:
        """作废没有转出整改事项的反馈文件。"""
        return self.act(services.discard_paper, ReasonShape)

    @extend_schema(responses=TreeSerializer)
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def tree(self, request: Request, id: str) -> Response:
        """整改清单：大类、方面、问题、措施和成效。"""
        return _answer(tree_of(self.user, paper=self.get_object()))


class RoundTreeViewSet(ScopedViewSet):
    """轮次的整改清单。"""

    queryset = Round.objects.all()
    serializer_class = TreeSerializer

    @extend_schema(responses=TreeSerializer)
    def tree(self, request: Request, id: str) -> Response:
        """整改清单：大类、方面、问题、措施和成效。"""
        return _answer(tree_of(self.user, finding__round=self.get_object()))
