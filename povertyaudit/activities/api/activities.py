"""Activities for machines: planned, registered, held, archived; who came, which measures they carry out."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funds import spans
from povertyaudit.activities import pages
from povertyaudit.activities.api import paper_shapes, shapes
from povertyaudit.activities.figures import WAYS, Figures
from povertyaudit.activities.filters import ActivityFilter
from povertyaudit.activities.ledger import ACTIVITY_COLUMNS
from povertyaudit.activities.models import Activity, Attended, Decision, Participant
from povertyaudit.activities.services import activities as services
from povertyaudit.activities.services import decisions, people
from povertyaudit.activities.workflow.activities import ACTIVITY
from povertyaudit.core import moment
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

PLAN = {
    "kind": "BUSINESS", "title": "驻村干部业务培训", "starts_on": "2035-03-20", "starts_at": "09:00", "place": "县委党校",
    "host": "县乡村振兴局",
}  # fmt: skip
NEW = {
    "kind": "POLICY", "title": "帮扶政策培训班", "starts_on": "2026-01-05", "place": "镇政府三楼会议室", "topics": "监测帮扶、资金使用。",
    "sessions": 2, "attended": [{"category": "village", "times": 86, "persons": 45}],
}  # fmt: skip
HELD = {"starts_on": "2026-01-05", "attended": [{"category": "staff", "times": 40}]}


class AttendedSerializer(serializers.ModelSerializer[Attended]):
    """One category: 人次 and 人, two figures."""

    class Meta:
        model = Attended
        fields = ("category", "times", "persons")


class ParticipantSerializer(serializers.ModelSerializer[Participant]):
    """A person of the list."""

    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = Participant
        fields = ("id", "name", "post_title", "state", "reason")


class MeetingDecisionSerializer(serializers.ModelSerializer[Decision]):
    """What was decided. `standing`: of what was issued as its item says."""

    id = serializers.CharField(source="public_id", read_only=True)
    unit = serializers.CharField(source="unit.name", default=None, read_only=True)
    lead_unit = serializers.CharField(source="lead_unit.name", default=None, read_only=True)
    standing = serializers.CharField(read_only=True, help_text="进展")

    class Meta:
        model = Decision
        fields = ("id", "no", "text", "unit", "lead_unit", "due_on", "state", "standing", "reason")


class ActivitySerializer(RecordSerializer):
    """An activity. `times` (人次) and `persons` (人数) are two figures and never added up."""

    kind = serializers.CharField(source="kind.code", read_only=True)
    kind_display = serializers.CharField(source="kind.name", read_only=True)
    group = serializers.CharField(source="kind.group", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = Activity
        fields = (
            *RecordSerializer.COMMON, "title", "kind", "kind_display", "group", "unit", "unit_name", "level", "starts_on",
            "ends_on", "starts_at", "place", "host", "sessions", "times", "persons", "leaflets", "cost_fen", "held_on",
            "archived_on",
        )  # fmt: skip


class WholeActivitySerializer(ActivitySerializer):
    """The activity itself, with who came and what it carries out."""

    attended = AttendedSerializer(many=True, read_only=True)
    people = ParticipantSerializer(many=True, read_only=True)
    decisions = MeetingDecisionSerializer(many=True, read_only=True)
    measures = serializers.SerializerMethodField(help_text="落实的措施：您能看到的整改事项")

    class Meta(ActivitySerializer.Meta):
        fields = (
            *ActivitySerializer.Meta.fields,
            "topics",
            "ended_reason",
            "attended",
            "people",
            "decisions",
            "measures",
        )

    def get_measures(self, row: Activity) -> list[dict[str, Any]]:
        found = pages.fulfilled(row, self.context["request"].user)
        return [{"item": one.item.number, "measure": one.no, "text": one.text} for one in found]


class ActivityFiguresSerializer(serializers.Serializer[Any]):
    """`n` 活动, `sessions` 场次, `times` 人次, `persons` 人数 (two figures that never add up), `leaflets` 发放资料;
    `units`/`honoured` 表彰集体/个人, `rules` 施行方案制度, `built` 其中整改建立."""

    period = serializers.CharField()
    by = serializers.CharField()
    lines = serializers.ListField(child=serializers.DictField())
    total = serializers.DictField()
    before = serializers.DictField(allow_null=True, help_text="上期")


FIGURE_PARAMETERS = [
    OpenApiParameter("by", OpenApiTypes.STR, enum=list(WAYS), description="怎样分"),
    OpenApiParameter("period", OpenApiTypes.STR, description="期间：2026、2026Q3、2026-07、all"),
]


class ActivityViewSet(LedgerMixin, DossierMixin, AttachMixin, ScopedViewSet):
    """工作纪实：培训、警示教育、会议、宣讲。人次和人数分别统计，不相加。"""

    queryset = Activity.objects.for_page()
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter
    workflow = ACTIVITY
    ledger_columns, ledger_name = ACTIVITY_COLUMNS, "activities"
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings,
        **{name: name for name in ("starts_on", "times", "persons")},
    }

    def get_serializer_class(self) -> type[Any]:
        return ActivitySerializer if self.action == "list" else WholeActivitySerializer

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        said.pop("kind", None)
        done = services.attach(row, files=[upload], **said)
        found: Attachment = Attachment.objects.of(done).latest("pk")
        return found

    @write_schema(shapes.HeldActivityShape, WholeActivitySerializer, example=NEW, status=201)
    def create(self, request: Request) -> Response:
        """登记已经举办的活动；照片、签到表用 attach 上传。"""
        return self.make(services.register, shapes.HeldActivityShape)

    @write_schema(shapes.PlannedActivityShape, WholeActivitySerializer, example=PLAN, status=201)
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def plan(self, request: Request) -> Response:
        """列入计划：还没有举办的。"""
        return self.make(services.plan, shapes.PlannedActivityShape)

    @extend_schema(responses=ActivityFiguresSerializer, parameters=FIGURE_PARAMETERS)
    @action(detail=False, methods=["get"], filter_backends=[], pagination_class=None)
    def figures(self, request: Request) -> Response:
        """一个期间的统计：`period` 如 2026、2026Q3、2026-07、all。"""
        asked = request.query_params.get("by", "")
        by = asked if asked in WAYS else "group"
        found = Figures(self.user, by, spans.span(request.query_params.get("period", ""), moment.today()))
        lines = [{"key": row.key, "label": row.label, **row.sums} for row in found.rows]
        past = found.past
        return Response({
            "period": found.span.key, "by": by, "lines": lines,
            "total": {**found.whole(found.span), **found.others(found.span)},
            "before": {"period": past.key, "words": past.words, **found.whole(past), **found.others(past)} if past else None,
        })  # fmt: skip

    @verb(shapes.ActivityEditShape, WholeActivitySerializer, example=HELD)
    def hold(self, request: Request, id: str) -> Response:
        """登记计划的活动已经举办。"""
        return self.act(services.hold, shapes.ActivityEditShape)

    @verb(shapes.ActivityEditShape, WholeActivitySerializer, example={"place": "镇政府二楼会议室"})
    def edit(self, request: Request, id: str) -> Response:
        """修改；归档以后不能修改。"""
        return self.act(services.edit, shapes.ActivityEditShape)

    @verb(
        shapes.PeopleShape, WholeActivitySerializer,
        example={"people": [{"name": "陶有禾", "post_title": "石桥坳村会计"}, {"name": "田守拙"}]},
    )  # fmt: skip
    def set_people(self, request: Request, id: str) -> Response:
        """参加名单：代替原来的名单，仍在名单上的人签到不变。"""
        return self.act(people.set_people, shapes.PeopleShape)

    @verb(
        shapes.SignInShape, WholeActivitySerializer,
        example={"people": [{"person": "1", "state": "absent", "reason": "下村"}]},
    )  # fmt: skip
    def sign_in(self, request: Request, id: str) -> Response:
        """登记签到。"""
        return self.act(people.sign_in, shapes.SignInShape)

    @verb(
        shapes.MeasureOfItemShape,
        WholeActivitySerializer,
        example={"item": "990101-ZG-2026-0001", "measure": 1},
    )
    def fulfil(self, request: Request, id: str) -> Response:
        """关联整改措施：活动落实了哪一条。"""
        return self.act(people.fulfil, shapes.MeasureOfItemShape)

    @verb(
        shapes.MeasureOfItemShape,
        WholeActivitySerializer,
        example={"item": "990101-ZG-2026-0001", "measure": 1},
    )
    def unlink(self, request: Request, id: str) -> Response:
        """取消关联措施。"""
        return self.act(people.unlink, shapes.MeasureOfItemShape)

    @verb(
        paper_shapes.MeetingDecisionsShape, WholeActivitySerializer,
        example={"decisions": [{"text": "十二月底前完成奖补兑付。", "unit": "荻渚镇人民政府", "lead_unit": "县农业农村局", "due_on": "2035-12-31"}]},
    )  # fmt: skip
    def decide(self, request: Request, id: str) -> Response:
        """登记议定事项：代替没有下发、没有注明的各项。"""
        return self.act(decisions.decide, paper_shapes.MeetingDecisionsShape)

    @verb(paper_shapes.IssueShape, WholeActivitySerializer, example={})
    def issue_decisions(self, request: Request, id: str) -> Response:
        """下发议定事项为整改事项（监督检查室、案管室）；不选的全部下发。"""
        return self.act(decisions.issue_decisions, paper_shapes.IssueShape)

    @verb(
        paper_shapes.NoteDecisionShape,
        WholeActivitySerializer,
        example={"decision": "1", "note": "属于学习要求。"},
    )
    def note_decision(self, request: Request, id: str) -> Response:
        """只作记录，写明理由。"""
        return self.act(decisions.note_decision, paper_shapes.NoteDecisionShape)

    @verb(NoteShape, WholeActivitySerializer, example={"note": "防汛，改期举办。"})
    def cancel(self, request: Request, id: str) -> Response:
        """取消计划，写明理由。"""
        return self.act(services.cancel, NoteShape)

    @verb(NoteShape, WholeActivitySerializer, example={"note": "重复登记。"})
    def void(self, request: Request, id: str) -> Response:
        """作废登记错的，写明理由。"""
        return self.act(services.void, NoteShape)

    @verb(NoteShape, WholeActivitySerializer, example={})
    def archive(self, request: Request, id: str) -> Response:
        """归档：材料已经上传，以后不再改动。"""
        return self.act(services.archive, NoteShape)
