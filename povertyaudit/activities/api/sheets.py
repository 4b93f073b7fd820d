"""The import of activities for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.activities.models import ActivitySheet, ActivitySheetLine
from povertyaudit.activities.paper_filters import ActivitySheetFilter
from povertyaudit.activities.services import sheets
from povertyaudit.activities.workflow.sheets import ACTIVITY_SHEET
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet

MOST = 1000
LINE = {
    "kind": "政策培训",
    "title": "帮扶政策培训班（导入）",
    "starts_on": "2026-01-05",
    "times": "48",
    "category": "村（社区）干部",
}


def cell(label: str, **more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=1000, allow_blank=True, help_text=label, **more)


class ActivitySheetLineShape(Shape):
    """One line, as it would stand in the file."""

    kind = cell("类别：名称或者代码")
    title = cell("名称")
    unit = cell("举办单位名称，不填为本单位", required=False)
    starts_on = cell("开始日期")
    ends_on = cell("结束日期", required=False)
    place = cell("地点", required=False)
    host = cell("主持人、主讲人", required=False)
    sessions = cell("场次，不填为 1", required=False)
    category = cell("参加人员，不填为其他人员", required=False)
    times = cell("人次")
    persons = cell("人数", required=False)
    leaflets = cell("发放资料（份）", required=False)
    topics = cell("主要内容", required=False)


class ActivitySheetShape(NoteShape):
    lines = serializers.ListField(
        child=ActivitySheetLineShape(), allow_empty=False, max_length=MOST, help_text=f"最多 {MOST} 行；更多的在页面上传文件"
    )  # fmt: skip


class ActivitySheetLineSerializer(serializers.ModelSerializer[ActivitySheetLine]):
    """A line. `known`: was registered before and is not registered again."""

    kind = serializers.CharField(source="kind.code", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    activity = serializers.CharField(source="activity.number", default=None, read_only=True)

    class Meta:
        model = ActivitySheetLine
        fields = ("place", "kind", "title", "unit_name", "starts_on", "times", "persons", "known", "activity")


class ActivitySheetSerializer(RecordSerializer):
    """A sheet."""

    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = ActivitySheet
        fields = (
            *RecordSerializer.COMMON, "unit_name", "file_name", "file_sha256", "rows_given", "rows_known", "rows_made",
        )  # fmt: skip


class WholeActivitySheetSerializer(ActivitySheetSerializer):
    """The sheet itself, with its lines."""

    lines = serializers.SerializerMethodField(help_text="各行")

    class Meta(ActivitySheetSerializer.Meta):
        fields = (*ActivitySheetSerializer.Meta.fields, "lines")

    def get_lines(self, row: ActivitySheet) -> list[dict[str, Any]]:
        return list(
            ActivitySheetLineSerializer(row.lines.select_related("kind", "unit", "activity"), many=True).data
        )


class ActivitySheetViewSet(DossierMixin, ScopedViewSet):
    """活动导入表：先核对，再导入；登记过的不重复登记。"""

    queryset = ActivitySheet.objects.for_list()
    serializer_class = ActivitySheetSerializer
    filterset_class = ActivitySheetFilter
    workflow = ACTIVITY_SHEET

    def get_serializer_class(self) -> type[Any]:
        return ActivitySheetSerializer if self.action == "list" else WholeActivitySheetSerializer

    @write_schema(ActivitySheetShape, WholeActivitySheetSerializer, example={"lines": [LINE]}, status=201)
    def create(self, request: Request) -> Response:
        """核对：有错的行、列一次全部指出，没有错的待导入。"""
        return self.make(sheets.take_in, ActivitySheetShape)

    @verb(NoteShape, WholeActivitySheetSerializer, example={})
    def bring_in(self, request: Request, id: str) -> Response:
        """导入：行数多的在后台办理，`state` 为 importing。"""
        return self.act(sheets.bring_in, NoteShape)

    @verb(NoteShape, WholeActivitySheetSerializer, example={"note": "重新整理后再导入。"})
    def drop(self, request: Request, id: str) -> Response:
        """放弃导入。"""
        return self.act(sheets.drop, NoteShape)
