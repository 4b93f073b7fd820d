"""部门报送 for machines."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.exchange_filters import PartnerReportFilter
from cases.models import PartnerBody, PartnerReport
from cases.models.partner_reports import MOST
from cases.services import partners
from cases.workflow.partners import PARTNER_REPORT
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import DayField, ProseField, TermField, UnitField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet


class PartnerReportSerializer(RecordSerializer):
    """What a member of the joint meeting reported for one month."""

    title = serializers.CharField(read_only=True)
    body = serializers.CharField(source="body.code", read_only=True)
    body_display = serializers.CharField(source="body.name", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True, default=None)
    reported_by = serializers.CharField(source="reported_by.display_name", read_only=True)

    class Meta:
        model = PartnerReport
        fields = (
            *RecordSerializer.COMMON, "title", "body", "body_display", "unit", "last_day", "handed_over", "under_way",
            "text", "reported_on", "reported_by",
        )  # fmt: skip


class ReportedShape(NoteShape):
    handed_over = serializers.IntegerField(min_value=0, max_value=MOST, help_text="本月移交线索（件）")
    under_way = serializers.IntegerField(min_value=0, max_value=MOST, help_text="正在办理（件）")
    text = ProseField(required=False, allow_blank=True, max_length=2000, help_text="说明")


class PartnerReportShape(ReportedShape):
    body = TermField(queryset=PartnerBody.objects.all(), help_text="部门类别代码")
    unit = UnitField(required=False, allow_null=True, help_text="报送单位（案管室登记时）")
    last_day = DayField(required=False, help_text="截止日期，某月 20 日；不写为本期")
    reported_on = DayField(required=False, help_text="报送日期，不写为今天")


class PartnerReportViewSet(DossierMixin, ScopedViewSet):
    """部门报送：联席会议成员每月 20 日以前报移交和在办的件数，由案管室登记，或者由该单位的人员报送。"""

    queryset = PartnerReport.objects.for_list()
    serializer_class = PartnerReportSerializer
    filterset_class = PartnerReportFilter
    workflow = PARTNER_REPORT
    orderings = {**ScopedViewSet.orderings, "last_day": "last_day"}  # noqa: RUF012 — as the base class has it

    @write_schema(
        PartnerReportShape, PartnerReportSerializer, status=201,
        example={"body": "water", "handed_over": 2, "under_way": 1},
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """登记部门报送。"""
        return self.make(partners.report, PartnerReportShape)

    @verb(ReportedShape, PartnerReportSerializer, example={"handed_over": 3, "under_way": 1})
    def amend(self, request: Request, id: str) -> Response:
        """修改报送，当月汇总报送以前。"""
        return self.act(partners.amend_report, ReportedShape)
