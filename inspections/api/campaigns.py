"""Campaigns and the leads tied to them, for machines."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.models import Lead
from inspections import services
from inspections.api.shapes import PointField
from inspections.filters import CampaignFilter
from inspections.models import Campaign, CampaignLead, CampaignPoint
from inspections.pages.campaigns import by_point, figures
from inspections.workflow import CAMPAIGN
from povertyaudit.core.api.dossiers import ALONE, DossierMixin
from povertyaudit.core.api.fields import (
    DayField,
    LineField,
    NumberField,
    ProseField,
    RegionField,
    ScopedRelatedField,
)
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet

POINTS = [
    {"aspect": "资金使用", "text": "补助发放不及时、不到户"},
    {"aspect": "项目管理", "text": "项目建成后闲置"},
]
NEW = {
    "name": "产业项目专题", "region": "990101000000", "year": 2027, "quarter": 1, "starts_on": "2027-01-04",
    "ends_on": "2027-03-31", "points": POINTS,
}  # fmt: skip
LEAD = {"leads": ["990101-XF-2026-0002"]}


class PointSerializer(serializers.ModelSerializer[CampaignPoint]):
    """One line of the checklist."""

    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = CampaignPoint
        fields = ("id", "aspect", "text")


class CampaignSerializer(RecordSerializer):
    """A campaign (专题): a theme for a period, with its checklist."""

    points = PointSerializer(many=True, read_only=True)

    class Meta:
        model = Campaign
        fields = (
            *RecordSerializer.COMMON, "name", "theme", "year", "quarter", "starts_on", "ends_on", "plan_paper",
            "closed_on", "points",
        )  # fmt: skip


class PointFigures(serializers.Serializer[Any]):
    """What stands under one point."""

    aspect = serializers.CharField()
    text = serializers.CharField()
    leads = serializers.IntegerField()
    findings = serializers.IntegerField()


class FiguresSerializer(serializers.Serializer[Any]):
    """Figures of a campaign as the caller may know them: 列入线索 → 立案 → 处分 → 移送."""

    rounds = serializers.IntegerField()
    findings = serializers.IntegerField()
    found = serializers.IntegerField(help_text="列入线索（件）")
    filed = serializers.IntegerField(help_text="立案（件）")
    sanctioned = serializers.IntegerField(help_text="处分（件）")
    persons_sanctioned = serializers.IntegerField(help_text="处分（人）")
    transferred = serializers.IntegerField(help_text="移送检察机关（件）")
    persons_transferred = serializers.IntegerField(help_text="移送检察机关（人）")
    taken_fen = serializers.IntegerField(help_text="涉案款物已缴（分）")
    points = PointFigures(many=True)


class CampaignLeadSerializer(serializers.ModelSerializer[CampaignLead]):
    """A lead tied to the campaign."""

    lead = serializers.CharField(source="lead.public_id", read_only=True)
    number = serializers.CharField(source="lead.number", read_only=True)
    title = serializers.CharField(source="lead.title", read_only=True)
    state = serializers.CharField(source="lead.state", read_only=True)
    point = serializers.CharField(source="point.text", default=None, read_only=True, allow_null=True)

    class Meta:
        model = CampaignLead
        fields = ("lead", "number", "title", "state", "point")


class PointShape(Shape):
    aspect = LineField(max_length=60, help_text="方面")
    text = LineField(max_length=200, help_text="要点")


class CampaignShape(Shape):
    name = LineField(max_length=100, help_text="专题名称")
    region = RegionField(help_text="地区的 12 位代码")
    year = NumberField(min_value=1949, max_value=2100, help_text="年度")
    quarter = NumberField(required=False, min_value=1, max_value=4, help_text="季度，不分季度的不写")
    starts_on = DayField(help_text="开始日期")
    ends_on = DayField(help_text="结束日期")
    theme = ProseField(required=False, allow_blank=True, help_text="主题内容")
    plan_paper = LineField(required=False, allow_blank=True, max_length=200, help_text="方案文件")
    points = serializers.ListField(child=PointShape(), required=False, max_length=100, help_text="问题要点")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class PointsShape(Shape):
    points = serializers.ListField(
        child=PointShape(), allow_empty=False, max_length=100, help_text="问题要点"
    )
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class TieShape(Shape):
    leads = serializers.ListField(
        child=ScopedRelatedField(queryset=Lead.objects.all()), allow_empty=False, max_length=500,
        help_text="线索的标识或者编号",
    )  # fmt: skip
    point = PointField(queryset=CampaignPoint.objects.all(), required=False, help_text="专题要点")
    note = ProseField(required=False, allow_blank=True, max_length=2000)


class UntieShape(Shape):
    lead = ScopedRelatedField(queryset=Lead.objects.all(), help_text="线索的标识或者编号")
    note = ProseField(max_length=2000, help_text="理由")


class CampaignViewSet(DossierMixin, ScopedViewSet):
    """专题（一季一主题）：主题、时间、问题要点、列入的线索和轮次。"""

    queryset = Campaign.objects.for_list().prefetch_related("points")
    serializer_class = CampaignSerializer
    filterset_class = CampaignFilter
    workflow = CAMPAIGN
    orderings = {**ScopedViewSet.orderings, "starts_on": "starts_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(CampaignShape, CampaignSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """开展专题（巡察办、案管室）。"""
        return self.make(services.open_campaign, CampaignShape)

    @verb(PointsShape, CampaignSerializer, example={"points": POINTS})
    def set_points(self, request: Request, id: str) -> Response:
        """确定问题要点：以提交的为准；已有线索或者问题的要点不能去掉。"""
        return self.act(services.set_points, PointsShape)

    @verb(TieShape, CampaignSerializer, example=LEAD)
    def tie_leads(self, request: Request, id: str) -> Response:
        """列入线索（案管室、监督检查室）。"""
        return self.act(services.tie_leads, TieShape)

    @verb(UntieShape, CampaignSerializer, example={"lead": "990101-XF-2026-0001", "note": "误列。"})
    def untie_lead(self, request: Request, id: str) -> Response:
        """移出误列的线索。"""
        return self.act(services.untie_lead, UntieShape)

    @verb(NoteShape, CampaignSerializer, example={})
    def close_campaign(self, request: Request, id: str) -> Response:
        """结束专题。"""
        return self.act(services.close_campaign, NoteShape)

    @verb(NoteShape, CampaignSerializer, example={"note": "还有线索没有办结。"})
    def reopen_campaign(self, request: Request, id: str) -> Response:
        """重新开展，写明理由。"""
        return self.act(services.reopen_campaign, NoteShape)

    @extend_schema(responses=CampaignLeadSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def leads(self, request: Request, id: str) -> Response:
        """列入专题的线索；只有您能看到的。"""
        rows = self.get_object().ties.visible_to(self.user).for_list().order_by("pk")
        return Response(CampaignLeadSerializer(rows, many=True).data)

    @extend_schema(responses=FiguresSerializer)
    @action(methods=["get"], **ALONE)
    def figures(self, request: Request, id: str) -> Response:
        """专题的数字；只统计您能看到的。"""
        row = self.get_object()
        said = {**figures(row, self.user), "points": by_point(row, self.user)}
        return Response(FiguresSerializer(said).data)
