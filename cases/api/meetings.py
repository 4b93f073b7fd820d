"""Joint meetings and what they decided, for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api.shapes import LeadReasonShape
from cases.exchange_filters import MeetingFilter, ResolutionFilter
from cases.models import Meeting, Resolution
from cases.workflow.meetings import MEETING, RESOLUTION
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import DayField, LineField, ProseField, UnitField, UserField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

ONE = {"text": "核对低保在册人员与死亡人员信息，逐户清退。", "unit": "县民政局", "due_day": "2028-06-30"}
NEW = {
    "title": "扶贫领域监督执纪问责联席会议", "held_on": "2026-01-05", "chair": "县纪委书记", "bodies": "县公安局、县审计局、县民政局",
    "resolutions": [ONE],
}  # fmt: skip


class MeetingSerializer(RecordSerializer):
    """A joint meeting. What it decided: `resolutions/?meeting=<id>`."""

    recorded_by = serializers.CharField(source="recorded_by.display_name", read_only=True)
    total = serializers.IntegerField(read_only=True, help_text="议定事项")
    unfinished = serializers.IntegerField(read_only=True, help_text="未落实")

    class Meta:
        model = Meeting
        fields = (
            *RecordSerializer.COMMON, "title", "held_on", "chair", "bodies", "text", "recorded_by", "closed_on",
            "total", "unfinished",
        )  # fmt: skip


class ResolutionSerializer(RecordSerializer):
    """What a meeting decided."""

    meeting = serializers.CharField(source="meeting.number", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    person = serializers.CharField(source="person.display_name", read_only=True, default=None)
    done_by = serializers.CharField(source="done_by.display_name", read_only=True, default=None)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最早到期的期限")

    class Meta:
        model = Resolution
        fields = (
            *RecordSerializer.COMMON, "meeting", "text", "unit", "unit_name", "person", "due_day", "done_on",
            "done_text", "done_by", "due_on",
        )  # fmt: skip


class ResolutionShape(Shape):
    text = ProseField(max_length=2000, help_text="议定事项")
    unit = UnitField(help_text="责任单位")
    person = UserField(required=False, allow_null=True, help_text="责任人")
    due_day = DayField(help_text="完成日期")


class MeetingShape(NoteShape):
    title = LineField(max_length=100, help_text="会议名称")
    held_on = DayField(help_text="召开日期")
    chair = LineField(max_length=60, help_text="主持人")
    bodies = ProseField(max_length=1000, help_text="参加单位，顿号分开")
    text = ProseField(required=False, allow_blank=True, help_text="会议纪要要点")
    resolutions = serializers.ListField(
        child=ResolutionShape(), required=False, max_length=50, help_text="议定事项"
    )


class ResolutionDoneShape(NoteShape):
    done_text = ProseField(help_text="落实情况")


class MeetingViewSet(DossierMixin, AttachMixin, ScopedViewSet):
    """联席会议；会议纪要为附件。"""

    queryset = Meeting.objects.for_list()
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    workflow = MEETING
    orderings = {**ScopedViewSet.orderings, "held_on": "held_on"}  # noqa: RUF012 — as the base class has it

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        said.pop("kind", None)
        return services.attach_minutes(row, file=upload, **said)

    @write_schema(MeetingShape, MeetingSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """登记联席会议和议定事项（案管室）。"""
        return self.make(services.record_meeting, MeetingShape)

    @verb(ResolutionShape, MeetingSerializer, example=ONE)
    def add_resolution(self, request: Request, id: str) -> Response:
        """增加议定事项。"""
        return self.act(services.add_resolution, ResolutionShape)

    @verb(NoteShape, MeetingSerializer, example={})
    def close(self, request: Request, id: str) -> Response:
        """确认全部落实；还有未落实的不能确认。"""
        return self.act(services.close_meeting, NoteShape)


class ResolutionViewSet(DossierMixin, ScopedViewSet):
    """会议议定事项；责任单位只看到自己的。"""

    queryset = Resolution.objects.for_list()
    serializer_class = ResolutionSerializer
    filterset_class = ResolutionFilter
    workflow = RESOLUTION
    orderings = {  # noqa: RUF012 — as the base class has it
        **ScopedViewSet.orderings, "due_day": "due_day", "due_on": "due_on",
    }  # fmt: skip

    @verb(ResolutionDoneShape, ResolutionSerializer, example={"done_text": "已完成核对，清退 12 户。"})
    def finish(self, request: Request, id: str) -> Response:
        """报告落实情况（责任单位，或者案管室代登）。"""
        return self.act(services.finish_resolution, ResolutionDoneShape)

    @verb(LeadReasonShape, ResolutionSerializer, example={"note": "只报了数字，没有附清退名单。"})
    def reopen(self, request: Request, id: str) -> Response:
        """退回继续落实，写明理由。"""
        return self.act(services.reopen_resolution, LeadReasonShape)
