"""Plans of visits for machines."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.api.shapes import RoundField
from inspections.field_filters import PlanFilter
from inspections.models import PlanMember, PlanPlace, Round, Sample, VisitPlan
from inspections.models.plans import MOST_DRAWN
from inspections.services import plans as services
from inspections.workflow.plans import PLAN
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    NumberField,
    ProseField,
    RegionField,
    UserField,
)
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.uploads import with_files
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models.places import Level

NEW_PLAN = {
    "title": "衔接资金项目暗访", "kind": "unannounced", "region": "990101000000", "starts_on": "2026-01-05",
    "ends_on": "2026-01-30", "approver": "secretary",
    "members": [{"user": "patrol1", "role": "leader"}, {"user": "inspector1", "role": "member"}],
}  # fmt: skip
HOUSEHOLDS = {"text": "张某，一组\n李某，二组\n王某，三组", "size": 2, "note": "换了村，重新抽取"}


class VisitPlanMemberSerializer(serializers.ModelSerializer[PlanMember]):
    """Somebody who goes."""

    user = serializers.CharField(source="user.public_id", read_only=True)
    name = serializers.CharField(source="user.display_name", read_only=True)

    class Meta:
        model = PlanMember
        fields = ("user", "name", "role")


class VisitPlanPlaceSerializer(serializers.ModelSerializer[PlanPlace]):
    """A place to go to."""

    region = serializers.CharField(source="region_id", read_only=True)
    name = serializers.CharField(source="region.path_name", read_only=True)

    class Meta:
        model = PlanPlace
        fields = ("region", "name", "drawn")


class SampleSerializer(serializers.ModelSerializer[Sample]):
    """One draw. A row's lot is SHA-256 of "<seed>:<key>"; the smallest are drawn. `key`: the code of a place; of a
    household its name, a tab, and what stands beside it."""

    id = serializers.CharField(source="public_id", read_only=True)
    drawn_by = serializers.CharField(source="drawn_by.display_name", read_only=True)
    population = serializers.JSONField(read_only=True)
    drawn = serializers.JSONField(read_only=True)

    class Meta:
        model = Sample
        fields = ("id", "kind", "seed", "size", "population", "drawn", "drawn_by", "drawn_at", "reason")


class VisitPlanSerializer(RecordSerializer):
    """A plan of visits: known only to those named on it until it is finished."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    round = serializers.CharField(source="round.public_id", read_only=True, default=None)
    ordered_by = serializers.CharField(source="ordered_by.display_name", read_only=True)
    approver = serializers.CharField(source="approver.display_name", read_only=True)
    members = VisitPlanMemberSerializer(many=True, read_only=True)
    places = VisitPlanPlaceSerializer(many=True, read_only=True)
    samples = SampleSerializer(many=True, read_only=True)

    class Meta:
        model = VisitPlan
        fields = (
            *RecordSerializer.COMMON, "title", "kind", "kind_display", "round", "purpose", "starts_on", "ends_on",
            "ordered_by", "approver", "approved_on", "finished_on", "members", "places", "samples",
        )  # fmt: skip


class VisitPlanMemberShape(Shape):
    user = UserField()
    role = serializers.ChoiceField(choices=PlanMember.Role.choices, default=PlanMember.Role.MEMBER)


class VisitPlanPlaceShape(Shape):
    region = RegionField(help_text="12 位代码")


class VisitPlanShape(NoteShape):
    title = LineField(max_length=100, help_text="计划名称")
    kind = serializers.ChoiceField(
        choices=VisitPlan.Kind.choices, required=False, help_text="走访方式，部署时不填为四不两直暗访"
    )
    region = RegionField(help_text="走访地区的 12 位代码")
    round = RoundField(queryset=Round.objects.all(), required=False, allow_null=True, help_text="所属轮次")
    starts_on = DayField(help_text="开始日期")
    ends_on = DayField(help_text="截止日期")
    purpose = ProseField(required=False, allow_blank=True, max_length=4000, help_text="走访内容")
    approver = UserField(help_text="批准人：分管领导或者主要负责人，不是部署人本人")
    members = serializers.ListField(child=VisitPlanMemberShape(), allow_empty=False, max_length=50)
    places = serializers.ListField(child=VisitPlanPlaceShape(), required=False, max_length=300)


class DrawShape(NoteShape):
    size = NumberField(min_value=1, max_value=MOST_DRAWN, help_text="抽取数量")
    seed = CodeField(required=False, allow_blank=True, max_length=40, help_text="种子，不填随机产生")


class DrawPlacesShape(DrawShape):
    within = RegionField(required=False, allow_null=True, help_text="抽取范围，不填为走访地区")
    level = serializers.ChoiceField(
        choices=((Level.VILLAGE.value, "村"), (Level.TOWNSHIP.value, "乡镇")), default=Level.VILLAGE.value
    )


class DrawHouseholdsShape(DrawShape):
    text = ProseField(required=False, allow_blank=True, help_text="名单：一行一户，姓名，住址")
    file = serializers.FileField(required=False, max_length=255, help_text="或者 xlsx、CSV，2 MB 以内")


class VisitPlanViewSet(DossierMixin, ScopedViewSet):
    """走访计划（四不两直）。结束前只有部署人、批准人和走访人员可见，结束时才编号。"""

    queryset = VisitPlan.objects.for_page()
    serializer_class = VisitPlanSerializer
    filterset_class = PlanFilter
    workflow = PLAN
    orderings = {**ScopedViewSet.orderings, "starts_on": "starts_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(VisitPlanShape, VisitPlanSerializer, example=NEW_PLAN, status=201)
    def create(self, request: Request) -> Response:
        """部署走访（巡察办、监督检查室、领导）。"""
        return self.make(services.order, VisitPlanShape)

    @verb(VisitPlanShape, VisitPlanSerializer, example=NEW_PLAN | {"purpose": "重点看项目进度和到户补助。"})
    def amend(self, request: Request, id: str) -> Response:
        """修改，走访人员和地点以提交的为准；须重新批准。"""
        return self.act(services.amend, VisitPlanShape)

    @verb(NoteShape, VisitPlanSerializer, example={})
    def approve(self, request: Request, id: str) -> Response:
        """批准。"""
        return self.act(services.approve, NoteShape)

    @verb(DrawPlacesShape, VisitPlanSerializer, example={"size": 2, "seed": "2026-1", "note": "换一批村"})
    def draw_places(self, request: Request, id: str) -> Response:
        """抽取地点。"""
        return self.act(services.draw_places, DrawPlacesShape)

    @with_files
    @verb(DrawHouseholdsShape, VisitPlanSerializer, example=HOUSEHOLDS)
    def draw_households(self, request: Request, id: str) -> Response:
        """抽取农户。"""
        return self.act(services.draw_households, DrawHouseholdsShape)

    @verb(NoteShape, VisitPlanSerializer, example={})
    def start(self, request: Request, id: str) -> Response:
        """开始走访。"""
        return self.act(services.start, NoteShape)

    @verb(NoteShape, VisitPlanSerializer, example={})
    def finish(self, request: Request, id: str) -> Response:
        """结束走访：编号，主管人员可见。"""
        return self.act(services.finish, NoteShape)

    @verb(NoteShape, VisitPlanSerializer, example={"note": "汛期，改期另行部署。"})
    def cancel(self, request: Request, id: str) -> Response:
        """取消，写明理由。"""
        return self.act(services.cancel, NoteShape)
