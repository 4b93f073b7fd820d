"""Interference and accountability for machines."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.shapes.handling import LeadField
from cases.asking_filters import AccountabilityFilter, InterferenceFilter, ResponsibleFilter
from cases.models import Accountability, Interference, Lead, Responsible
from cases.services import asking
from cases.workflow import ACCOUNTABILITY, INTERFERENCE
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import CodeField, DayField, LineField, ProseField, ScopedRelatedField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet

LONG = 2000


class InterferenceSerializer(RecordSerializer):
    """Who asked or leaned on somebody, and what was done about it."""

    way_display = serializers.CharField(source="get_way_display", read_only=True)
    lead = serializers.CharField(source="lead.number", read_only=True, default=None)
    reported_by = serializers.CharField(source="reported_by.display_name", read_only=True)
    handled_by = serializers.CharField(source="handled_by.display_name", read_only=True, default=None)

    class Meta:
        model = Interference
        fields = (
            *RecordSerializer.COMMON, "asker", "asker_post", "asked_on", "way", "way_display", "text", "lead",
            "reported_by", "reported_on", "handling", "handled_by", "handled_on",
        )  # fmt: skip


class InterferenceShape(NoteShape):
    asker = LineField(max_length=60, help_text="打听干预人")
    asker_post = LineField(required=False, allow_blank=True, max_length=100, help_text="单位职务")
    asked_on = DayField(help_text="时间")
    way = serializers.ChoiceField(choices=Interference.Way.choices, help_text="方式")
    text = ProseField(max_length=LONG, help_text="内容")
    lead = LeadField(queryset=Lead.objects.all(), required=False, allow_null=True, help_text="涉及的线索")


class InterferenceHandleShape(Shape):
    handling = ProseField(max_length=LONG, help_text="处理情况")


class InterferenceViewSet(DossierMixin, ScopedViewSet):
    """打听干预登记：只有报告人、其案管室和主要负责人可见。"""

    queryset = Interference.objects.for_list()
    serializer_class = InterferenceSerializer
    filterset_class = InterferenceFilter
    workflow = INTERFERENCE
    orderings = {**ScopedViewSet.orderings, "asked_on": "asked_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(
        InterferenceShape, InterferenceSerializer, status=201,
        example={
            "asker": "冯某", "asker_post": "某镇副镇长", "asked_on": "2026-11-20", "way": "call",
            "text": "来电打听一件危房改造线索的办理情况。",
        },
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """报告打听干预（纪检监察机关人员）。"""
        return self.make(asking.record_interference, InterferenceShape)

    @verb(
        InterferenceHandleShape,
        InterferenceSerializer,
        example={"handling": "已对打听人批评教育，并通报其所在单位。"},
    )
    def handle(self, request: Request, id: str) -> Response:
        """登记处理（案管室、主要负责人，不是报告人本人）。"""
        return self.act(asking.handle, InterferenceHandleShape)


class ResponsibleSerializer(serializers.ModelSerializer[Responsible]):
    """One who answers. `counts`: whether the measure is an accountability (约谈 is counted apart)."""

    id = serializers.CharField(source="public_id", read_only=True)
    counts = serializers.BooleanField(read_only=True)

    class Meta:
        model = Responsible
        fields = ("id", "kind", "name", "post_text", "duty", "measure", "counts")


class ResponsibleListSerializer(ResponsibleSerializer):
    """One who answers, with the accountability."""

    accountability = serializers.CharField(source="accountability.number", read_only=True)
    state = serializers.CharField(source="accountability.state", read_only=True)

    class Meta:
        model = Responsible
        fields = (*ResponsibleSerializer.Meta.fields, "accountability", "state")


class ResponsibleViewSet(ScopedViewSet):
    """问责对象：一人（单位、地方）一条，随所属问责可见；办理在问责上进行。"""

    queryset = Responsible.objects.for_list()
    serializer_class = ResponsibleListSerializer
    filterset_class = ResponsibleFilter
    orderings = {"created_at": "created_at"}  # noqa: RUF012 — as the base class has it


class AccountabilitySerializer(RecordSerializer):
    """Who answers for what a lead found."""

    lead = serializers.CharField(source="lead.number", read_only=True)
    handling_unit = serializers.CharField(source="handling_unit.public_id", read_only=True)
    opened_by = serializers.CharField(source="opened_by.display_name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.display_name", read_only=True, default=None)
    responsible = ResponsibleSerializer(source="objects_of", many=True, read_only=True)

    class Meta:
        model = Accountability
        fields = (
            *RecordSerializer.COMMON, "lead", "title", "own_staff", "handling_unit", "opened_by", "opened_on",
            "decided_by", "decided_on", "document", "carried_out_on", "result", "responsible",
        )  # fmt: skip


class ResponsibleShape(Shape):
    kind = serializers.ChoiceField(choices=Responsible.Kind.choices, help_text="对象")
    name = LineField(max_length=100, help_text="姓名或名称")
    post_text = LineField(required=False, allow_blank=True, max_length=100, help_text="单位职务")
    duty = serializers.ChoiceField(choices=Responsible.Duty.choices, help_text="责任类型")


class AccountabilityShape(NoteShape):
    lead = LeadField(queryset=Lead.objects.all(), help_text="来源线索")
    title = LineField(max_length=200, help_text="问责事由")
    own_staff = serializers.BooleanField(required=False, help_text="涉及本机关人员")
    responsible = serializers.ListField(child=ResponsibleShape(), allow_empty=False, max_length=50)


class AddResponsibleShape(ResponsibleShape):
    note = ProseField(required=False, allow_blank=True, max_length=LONG)


class AccountabilityMeasureShape(NoteShape):
    responsible = ScopedRelatedField(queryset=Responsible.objects.all(), help_text="问责对象：标识或序号")
    measure = serializers.ChoiceField(choices=Responsible.Measure.choices, help_text="问责方式")


class AccountabilityDecideShape(NoteShape):
    document = CodeField(max_length=60, help_text="决定文号")


class AccountabilityCarryOutShape(NoteShape):
    result = ProseField(max_length=LONG, help_text="落实情况")


class AccountabilityViewSet(DossierMixin, ScopedViewSet):
    """问责（一案双查）。涉及本机关人员的只有案管室、主要负责人和办理部门可见。"""

    queryset = Accountability.objects.for_list()
    serializer_class = AccountabilitySerializer
    filterset_class = AccountabilityFilter
    workflow = ACCOUNTABILITY
    orderings = {**ScopedViewSet.orderings, "opened_on": "opened_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(
        AccountabilityShape, AccountabilitySerializer, status=201,
        example={
            "lead": "990101-AG-2026-0001", "title": "对危房改造资金监管不力",
            "responsible": [{"kind": "person", "name": "陶某", "post_text": "分管副镇长", "duty": "leader"}],
        },
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """启动问责（承办部门、案管室）。"""
        return self.make(asking.open_accountability, AccountabilityShape)

    @verb(
        AddResponsibleShape, AccountabilitySerializer,
        example={"kind": "unit", "name": "某镇人民政府", "duty": "supervision"},
    )  # fmt: skip
    def add_responsible(self, request: Request, id: str) -> Response:
        """增加问责对象。"""
        return self.act(asking.add_responsible, AddResponsibleShape)

    @verb(
        AccountabilityMeasureShape,
        AccountabilitySerializer,
        example={"responsible": "1", "measure": "circular"},
    )
    def set_measure(self, request: Request, id: str) -> Response:
        """拟定问责方式。"""
        return self.act(asking.set_measure, AccountabilityMeasureShape)

    @verb(AccountabilityDecideShape, AccountabilitySerializer, example={"document": "青纪〔2026〕21号"})
    def decide(self, request: Request, id: str) -> Response:
        """作出决定（主要负责人），每个问责对象都要有问责方式。"""
        return self.act(asking.decide, AccountabilityDecideShape)

    @verb(
        AccountabilityCarryOutShape,
        AccountabilitySerializer,
        example={"result": "已在全县通报，本人作出检查。"},
    )
    def carry_out(self, request: Request, id: str) -> Response:
        """登记落实。"""
        return self.act(asking.carry_out, AccountabilityCarryOutShape)
