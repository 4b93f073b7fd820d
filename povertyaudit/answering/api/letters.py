"""Letters of responsibility for machines."""

from typing import ClassVar

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.answering.api import shapes
from povertyaudit.answering.filters import LetterFilter
from povertyaudit.answering.models import Letter
from povertyaudit.answering.services import letters as services
from povertyaudit.answering.workflow.letters import LETTER
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW = {
    "year": 2027, "upper": "990101-ZR-2026-00001", "lower": "990101-ZR-2026-00003", "paper_no": "青办发〔2026〕2号",
    "duties": "按时完成年度巩固提升任务。",
}  # fmt: skip
YEAR = {"year": 2027, "region": "990101000000", "paper_no": "青办发〔2026〕60号"}


class LetterSerializer(RecordSerializer):
    """One letter. `waits_for`: whose signature lacks, in words."""

    region_name = serializers.CharField(source="region.path_name", read_only=True)
    upper = serializers.CharField(source="upper.public_id", read_only=True)
    upper_name = serializers.CharField(source="upper.called", read_only=True)
    lower = serializers.CharField(source="lower.public_id", read_only=True)
    lower_name = serializers.CharField(source="lower.called", read_only=True)
    waits_for = serializers.CharField(read_only=True)

    class Meta:
        model = Letter
        fields = (
            *RecordSerializer.COMMON, "region_name", "year", "paper_no", "duties", "upper", "upper_name",
            "upper_signed_on", "lower", "lower_name", "lower_signed_on", "waits_for",
        )  # fmt: skip


class LetterViewSet(DossierMixin, AttachMixin, ScopedViewSet):
    """责任书：上下级责任人之间一年一份，双方都在任内签字。扫描件以 attach/ 上传。"""

    queryset = Letter.objects.for_list()
    serializer_class = LetterSerializer
    filterset_class = LetterFilter
    workflow = LETTER
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "year": "year"}

    @write_schema(shapes.LetterShape, LetterSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """拟定一份责任书。"""
        return self.make(services.draw_up, shapes.LetterShape)

    @write_schema(shapes.LetterYearShape, LetterSerializer(many=True), example=YEAR)
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def year(self, request: Request) -> Response:
        """成批拟定：所选县、乡镇和下级各地现任党组织主要负责人之间；已经拟定的不再拟定，答复是新拟定的。"""
        made = services.draw_year(by=self.user, **self.body(shapes.LetterYearShape))
        found = self.get_queryset().filter(pk__in=[one.pk for one in made]).order_by("pk")
        return Response(self.get_serializer(found, many=True).data)

    @verb(shapes.SignLetterShape, LetterSerializer, example={"side": "lower"})
    def sign(self, request: Request, id: str) -> Response:
        """签字：本人，或者由登记部门登记纸上的签字；任期不包括那一天的不接受。"""
        return self.act(services.sign, shapes.SignLetterShape)

    @verb(shapes.AmendLetterShape, LetterSerializer, example={"paper_no": "青办发〔2026〕3号"})
    def amend(self, request: Request, id: str) -> Response:
        """修改文号、目标任务。"""
        return self.act(services.amend, shapes.AmendLetterShape)

    @verb(NoteShape, LetterSerializer, example={"note": "签订人已调整。"})
    def void(self, request: Request, id: str) -> Response:
        """作废。"""
        return self.act(services.void, NoteShape)
