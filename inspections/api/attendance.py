"""Village teams and their months for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.attendance_filters import AttendanceFilter, PersonFilter
from inspections.models import AttendanceMonth, VillagePerson
from inspections.pages.attendance import with_figures
from inspections.services import attendance as services
from inspections.services import month_sheets
from inspections.workflow.attendance import ATTENDANCE, VILLAGE_PERSON
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import (
    DayField,
    LineField,
    MonthField,
    NumberField,
    RegionField,
    ScopedRelatedField,
    UnitField,
)
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW_PERSON = {
    "name": "周驻村", "role": "first_secretary", "region": "990101101202", "unit": "县农业农村局",
    "starts_on": "2025-07-01",
}  # fmt: skip
CHANGED = {"name": "周驻村", "role": "leader", "unit": "县农业农村局", "starts_on": "2025-07-01"}
DAYS = {"days_present": 21, "days_leave": 2}
SHEET = {
    "region": "990101102201", "month": "2026-01",
    "rows": [{"person": "990101-ZC-2026-0001", **DAYS}],
}  # fmt: skip


class VillagePersonSerializer(RecordSerializer):
    """One term of one person in one village."""

    role_display = serializers.CharField(source="get_role_display", read_only=True)
    region_name = serializers.CharField(source="region.path_name", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = VillagePerson
        fields = (
            *RecordSerializer.COMMON, "name", "role", "role_display", "region_name", "unit", "unit_name", "starts_on",
            "ends_on",
        )  # fmt: skip


class AttendanceSerializer(RecordSerializer):
    """A person's month. `lacking`: days that lack under the rule of today; `absences`: visits that found him absent."""

    person = serializers.CharField(source="person.public_id", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)
    unit_name = serializers.CharField(source="person.unit.name", read_only=True)
    month = serializers.SerializerMethodField(help_text="如 2026-03")
    lacking = serializers.IntegerField(read_only=True, allow_null=True)
    absences = serializers.IntegerField(read_only=True)

    class Meta:
        model = AttendanceMonth
        fields = (
            *RecordSerializer.COMMON, "person", "name", "unit_name", "month", "days_present", "days_leave", "lacking",
            "absences", "notice", "noticed_on", "explanation", "suggestion", "decision", "decided_on",
        )  # fmt: skip

    def get_month(self, row: AttendanceMonth) -> str:
        return f"{row.month:%Y-%m}"


class PersonFieldsShape(NoteShape):
    name = LineField(max_length=60, help_text="姓名")
    role = serializers.ChoiceField(
        choices=VillagePerson.Role.choices, required=False, help_text="职务，登记时不填为工作队员"
    )
    unit = UnitField(help_text="派出单位")
    starts_on = DayField(help_text="驻村开始")


class PersonShape(PersonFieldsShape):
    region = RegionField(help_text="所驻的村的 12 位代码")


class EndServingShape(NoteShape):
    ends_on = DayField(required=False, help_text="结束日期，不填为今天")


class DaysShape(NoteShape):
    days_present = NumberField(max_value=31, help_text="驻村天数")
    days_leave = NumberField(required=False, max_value=31, help_text="请假天数，登记时不填为 0")


class VillagePersonField(ScopedRelatedField):
    """A village person by id or number."""


class MonthShape(DaysShape):
    person = VillagePersonField(queryset=VillagePerson.objects.all(), help_text="驻村人员")
    month = MonthField(help_text="月份，如 2026-03")


class SheetRowShape(Shape):
    person = VillagePersonField(queryset=VillagePerson.objects.all(), help_text="驻村人员")
    days_present = NumberField(
        required=False, allow_null=True, max_value=31, help_text="驻村天数，没有报送的不写"
    )
    days_leave = NumberField(required=False, allow_null=True, max_value=31, help_text="请假天数，不写为 0")


class SheetShape(NoteShape):
    region = RegionField(help_text="村的 12 位代码")
    month = MonthField(help_text="月份，如 2026-03")
    rows = serializers.ListField(
        child=SheetRowShape(), allow_empty=False, max_length=month_sheets.MOST, help_text="每人一行"
    )


class VillagePersonViewSet(DossierMixin, ScopedViewSet):
    """驻村人员：本地区的检查部门、乡镇和派出单位可见。"""

    queryset = VillagePerson.objects.for_list()
    serializer_class = VillagePersonSerializer
    filterset_class = PersonFilter
    workflow = VILLAGE_PERSON

    @write_schema(PersonShape, VillagePersonSerializer, example=NEW_PERSON, status=201)
    def create(self, request: Request) -> Response:
        """登记驻村人员。"""
        return self.make(services.register, PersonShape)

    @verb(PersonFieldsShape, VillagePersonSerializer, example=CHANGED)
    def amend(self, request: Request, id: str) -> Response:
        """修改。"""
        return self.act(services.amend_person, PersonFieldsShape)

    @verb(EndServingShape, VillagePersonSerializer, example={"note": "任期届满。"})
    def end(self, request: Request, id: str) -> Response:
        """结束驻村。"""
        return self.act(services.end, EndServingShape)


class AttendanceViewSet(DossierMixin, ScopedViewSet):
    """驻村考勤，一人一月一条。"""

    queryset = AttendanceMonth.objects.for_list()
    serializer_class = AttendanceSerializer
    filterset_class = AttendanceFilter
    workflow = ATTENDANCE
    orderings = {**ScopedViewSet.orderings, "month": "month"}  # noqa: RUF012 — as the base class has it

    def get_queryset(self) -> Any:
        return with_figures(super().get_queryset())

    @write_schema(
        MonthShape,
        AttendanceSerializer,
        example={"person": "990101-ZC-2026-0001", "month": "2026-01", **DAYS},
        status=201,
    )
    def create(self, request: Request) -> Response:
        """登记一个月的考勤。"""
        return self.make(services.record, MonthShape)

    @write_schema(SheetShape, AttendanceSerializer(many=True), example=SHEET)
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def sheet(self, request: Request) -> Response:
        """登记一个村的月考勤表：有一行不对，全表不保存；答复是登记或者改动了的各行。"""
        made = month_sheets.record_sheet(by=self.user, **self.body(SheetShape))
        found = self.get_queryset().filter(pk__in=[one.pk for one in made]).order_by("pk")
        return Response(self.get_serializer(found, many=True).data)

    @verb(DaysShape, AttendanceSerializer, example=DAYS)
    def amend(self, request: Request, id: str) -> Response:
        """修改天数。"""
        return self.act(services.amend, DaysShape)

    @verb(NoteShape, AttendanceSerializer, example={"note": "驻村天数不足，请说明情况。"})
    def notify(self, request: Request, id: str) -> Response:
        """通知派出单位。"""
        return self.act(services.notify_sender, NoteShape)

    @verb(NoteShape, AttendanceSerializer, example={"note": "住院治疗，已补办请假手续。"})
    def explain(self, request: Request, id: str) -> Response:
        """说明情况（派出单位）。"""
        return self.act(services.explain, NoteShape)

    @verb(NoteShape, AttendanceSerializer, example={"note": "多次查到不在岗，建议召回。"})
    def suggest_recall(self, request: Request, id: str) -> Response:
        """建议召回。"""
        return self.act(services.suggest_recall, NoteShape)

    @verb(NoteShape, AttendanceSerializer, example={"note": "组织部门已召回并另派。"})
    def recall(self, request: Request, id: str) -> Response:
        """登记召回；驻村随之结束。"""
        return self.act(services.recall, NoteShape)

    @verb(NoteShape, AttendanceSerializer, example={"note": "说明属实，不再追究。"})
    def clear(self, request: Request, id: str) -> Response:
        """不再追究，写明理由。"""
        return self.act(services.clear, NoteShape)
