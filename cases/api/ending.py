"""Round 办结, for machines: the checklist before it, the complainant's answer after it."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api.serializers import LeadDetailSerializer
from cases.models import EndingTerm, Volume
from povertyaudit.core.api.fields import DayField, ProseField, TermField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet

LONG = 2000


class GroundShape(Shape):
    """One item and what shows that it is in place."""

    item = TermField(queryset=EndingTerm.objects.checks(), help_text="核对事项代码（目录 closing_checks）")
    ground = ProseField(max_length=LONG, help_text="依据")


class TickShape(NoteShape):
    grounds = GroundShape(many=True, help_text="逐项依据")


class DraftFeedbackShape(NoteShape):
    draft = ProseField(max_length=LONG, help_text="反馈意见，不写反映人信息")


class FeedbackShape(NoteShape):
    fed_back_on = DayField(required=False, allow_null=True, help_text="反馈日期")
    way = TermField(
        queryset=EndingTerm.objects.ways(),
        required=False,
        allow_null=True,
        help_text="反馈方式代码（目录 answer_ways）",
    )
    objects_to = serializers.BooleanField(required=False, help_text="反映人有异议")
    new_evidence = serializers.BooleanField(required=False, help_text="反映人提供新的证据线索")
    objection = ProseField(
        required=False, allow_blank=True, max_length=LONG, help_text="异议和新证据的内容，不写反映人信息"
    )


class SettleShape(Shape):
    note = ProseField(max_length=LONG, help_text="研究意见")


class EndingVerbs:
    """For the viewset of leads."""

    @verb(
        TickShape,
        LeadDetailSerializer,
        example={"grounds": [{"item": "investigated", "ground": "调取账目 2 册，谈话 4 人。"}]},
    )
    def tick(self: Any, request: Request, id: str) -> Response:
        """核对五个到位（承办部门）：逐项写明依据；经过初步核实或立案的，写齐后才能办结。"""
        answer: Response = self.act(services.tick, TickShape)
        return answer

    @verb(
        DraftFeedbackShape,
        LeadDetailSerializer,
        example={"draft": "经核实，反映的问题部分属实，已责令退还并作出处理。"},
    )
    def draft_feedback(self: Any, request: Request, id: str) -> Response:
        """拟写反馈意见（承办部门），由登记单位反馈。"""
        answer: Response = self.act(services.draft_feedback, DraftFeedbackShape)
        return answer

    @verb(FeedbackShape, LeadDetailSerializer, example={"way": "in_person", "note": "已当面反馈，无异议。"})
    def feedback(self: Any, request: Request, id: str) -> Response:
        """登记结果反馈（登记单位）：方式、反映人有无异议、是否提供新证据。"""
        answer: Response = self.act(services.feedback, FeedbackShape)
        return answer

    @verb(
        SettleShape, LeadDetailSerializer, example={"note": "经研究，所提意见已在核实中查清，不再重新办理。"}
    )
    def settle_objection(self: Any, request: Request, id: str) -> Response:
        """研究异议（案管室、主要负责人）；需要重新办理的，办理撤销办结。"""
        answer: Response = self.act(services.settle_objection, SettleShape)
        return answer

    @verb(NoteShape, LeadDetailSerializer, example={"note": "材料齐全，按一案一卷归档。"})
    def archive(self: Any, request: Request, id: str) -> Response:
        """归档（案管室）：生成归档目录，此后只能查看；重新办理须先撤销办结。"""
        answer: Response = self.act(services.archive, NoteShape)
        return answer


class VolumeSerializer(RecordSerializer):
    """An archived volume with its list; `number` is the lead's."""

    lead = serializers.CharField(source="lead.public_id", read_only=True)
    archived_by = serializers.CharField(source="archived_by.display_name", read_only=True)
    contents = serializers.ListField(child=serializers.DictField(), read_only=True, help_text="归档目录")

    class Meta:
        model = Volume
        fields = (*RecordSerializer.COMMON, "lead", "ordinal", "archived_by", "archived_on", "contents")


class VolumeViewSet(ScopedViewSet):
    """归档卷和归档目录（一案一卷），归档后不再改动。"""

    queryset = Volume.objects.for_list()
    serializer_class = VolumeSerializer
    orderings: ClassVar[dict[str, str]] = {"created_at": "created_at", "archived_on": "archived_on"}
