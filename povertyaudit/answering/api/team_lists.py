"""Lists of village teams for machines."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.answering.filters import TeamListFilter
from povertyaudit.answering.models import TeamList
from povertyaudit.answering.models.team_lists import MOST_ROWS
from povertyaudit.answering.services import team_lists as services
from povertyaudit.answering.workflow.team_lists import TEAM_LIST
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import LineField
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW = {
    "basis": "青组发〔2026〕7号",
    "lines": [{
        "region": "990101101202", "role": "驻村工作队员", "name": "柏某", "unit": "县农业农村局", "post_title": "科员",
        "starts_on": "2026-10-08",
    }],
}  # fmt: skip


class TeamLineShape(Shape):
    """One person, in the words of the file; what is wrong is said with the number of the line."""

    region = LineField(max_length=80, help_text="村的 12 位代码，或者“乡镇名村名”")
    role = LineField(max_length=50, help_text="第一书记、驻村工作队长、驻村工作队员")
    name = LineField(max_length=200, help_text="姓名")
    unit = LineField(max_length=200, help_text="派出单位全称")
    post_title = LineField(required=False, allow_blank=True, help_text="单位职务")
    starts_on = LineField(max_length=30, help_text="驻村开始")
    ends_on = LineField(required=False, allow_blank=True, help_text="任期至，不写则按规定的一届计算")


class TeamListShape(NoteShape):
    basis = LineField(required=False, allow_blank=True, help_text="选派文件")
    lines = serializers.ListField(
        child=TeamLineShape(), allow_empty=False, max_length=MOST_ROWS, help_text="每人一行"
    )


class TeamListSerializer(RecordSerializer):
    """One list; `waiting`: how many persons are to be brought in."""

    taken_by = serializers.CharField(source="taken_by.display_name", read_only=True)
    waiting = serializers.SerializerMethodField()

    class Meta:
        model = TeamList
        fields = (
            *RecordSerializer.COMMON, "file_name", "file_sha256", "basis", "rows_given", "rows_known", "rows_made",
            "waiting", "taken_by",
        )  # fmt: skip

    def get_waiting(self, row: TeamList) -> int:
        return len(row.lines)


class TeamListViewSet(DossierMixin, ScopedViewSet):
    """驻村任期名单：先核对，再整份导入。"""

    queryset = TeamList.objects.for_list()
    serializer_class = TeamListSerializer
    filterset_class = TeamListFilter
    workflow = TEAM_LIST

    @write_schema(TeamListShape, TeamListSerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """上传核对：有错的行一次全部指出，什么也不保存。"""
        return self.make(services.take_in, TeamListShape)

    @verb(NoteShape, TeamListSerializer, example={})
    def bring_in(self, request: Request, id: str) -> Response:
        """整份导入；已经登记的不会重复登记。"""
        return self.act(services.bring_in, NoteShape)

    @verb(NoteShape, TeamListSerializer, example={})
    def drop(self, request: Request, id: str) -> Response:
        """放弃导入。"""
        return self.act(services.drop, NoteShape)
