"""公示公告 of a project for machines. Names of objectors are masked."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funds.api.project_serializers import ProjectSerializer
from funds.models import NoticeLevel, NoticeStage, ObjectionFinding, ProjectNotice, ProjectObjection, ToldWay
from funds.notice_pages import who
from funds.services import notice_rules, notices
from povertyaudit.core import moment
from povertyaudit.core.api.dossiers import ALONE
from povertyaudit.core.api.fields import DayField, LineField, ProseField, ScopedRelatedField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.models import Attachment

NOTICE, OBJECTION = {"notice": "1"}, {"objection": "1"}


class ProjectNoticeSerializer(serializers.ModelSerializer[ProjectNotice]):
    """One notice at one place. Photos: `attachments/` of the project, kind `notice:<id>`; sent there with `attach/`."""

    id = serializers.CharField(source="public_id", read_only=True)
    stage_display = serializers.CharField(source="get_stage_display", read_only=True)
    level_display = serializers.CharField(source="get_level_display", read_only=True)
    unit = serializers.CharField(source="unit.name", read_only=True)
    posted_by = serializers.CharField(source="posted_by.display_name", read_only=True)
    days = serializers.SerializerMethodField(help_text="到今天（已撤下的到撤下日期）公示了几天")

    class Meta:
        model = ProjectNotice
        fields = (
            "id", "stage", "stage_display", "level", "level_display", "place", "up_on", "full_on", "down_on", "days", "unit",
            "posted_by", "voided_on",
        )  # fmt: skip

    def get_days(self, row: ProjectNotice) -> int:
        return row.days(moment.today())


class NoticeCellSerializer(serializers.Serializer[Any]):
    """One of the nine: what is owed and what is wrong with it."""

    stage = serializers.CharField()
    level = serializers.CharField()
    due = serializers.DateField(allow_null=True, help_text="应公示的最后一天；不要求、未到时段的为空")
    full = serializers.BooleanField(help_text="有一处满了公示天数")
    late_days = serializers.IntegerField(help_text="迟了几天")
    gap = serializers.CharField(help_text="缺什么；没有缺项为空")
    rule = serializers.CharField(source="why", help_text="按哪一条规定要求或者不要求；未到时段的为空")


class ObjectionSerializer(serializers.ModelSerializer[ProjectObjection]):
    """An objection; the name is masked."""

    id = serializers.CharField(source="public_id", read_only=True)
    notice = serializers.CharField(source="notice.public_id", read_only=True)
    objector = serializers.SerializerMethodField(help_text="姓氏加“某”；没有署名的为“未署名”")
    answered_by = serializers.CharField(source="answered_by.display_name", default=None, read_only=True)

    class Meta:
        model = ProjectObjection
        fields = (
            "id", "notice", "objector", "text", "received_on", "finding", "answer", "told", "answered_by", "answered_on",
            "result_on", "result_place",
        )  # fmt: skip

    def get_objector(self, row: ProjectObjection) -> str:
        return who(row)


class ProjectNoticeShape(NoteShape):
    stage = serializers.ChoiceField(choices=NoticeStage.choices, help_text="公示时段")
    level = serializers.ChoiceField(choices=NoticeLevel.choices, help_text="公示层级")
    place = LineField(max_length=200, help_text="公示地点或者网址")
    up_on = DayField(required=False, help_text="公示日期，不填为今天")
    down_on = DayField(required=False, help_text="撤下日期，还在公示的不填")


class OfNoticeShape(NoteShape):
    notice = ScopedRelatedField(queryset=ProjectNotice.objects.standing(), help_text="哪一处公示")


class TakeDownShape(OfNoticeShape):
    down_on = DayField(required=False, help_text="撤下日期，不填为今天")


class NoticeObjectionShape(OfNoticeShape):
    objector = LineField(
        required=False, allow_blank=True, max_length=50, help_text="异议人姓名，没有署名的不填"
    )
    text = ProseField(max_length=1000, help_text="异议内容")
    received_on = DayField(required=False, help_text="收到日期，不填为今天")


class OfObjectionShape(NoteShape):
    objection = ScopedRelatedField(queryset=ProjectObjection.objects.open(), help_text="哪一件异议")


class AnswerObjectionShape(OfObjectionShape):
    finding = serializers.ChoiceField(choices=ObjectionFinding.choices, help_text="核实结论")
    answer = ProseField(max_length=1000, help_text="核实情况和答复")
    told = serializers.ChoiceField(
        required=False, choices=ToldWay.choices, help_text="答复本人的方式；署名的必填"
    )
    answered_on = DayField(required=False, help_text="答复日期，不填为今天")


class ObjectionResultShape(OfObjectionShape):
    result_place = LineField(max_length=200, help_text="公布地点或者网址")
    result_on = DayField(required=False, help_text="公布日期，不填为今天")


class NoticeVerbs:
    """Part of the viewset of projects."""

    def attach_notice_photo(self: Any, row: Any, upload: Any, kind: str, **said: Any) -> Attachment:
        """A photo of the notice the kind names."""
        rows = row.notices.visible_to(self.user).standing()
        notice = rows.filter(public_id=kind.removeprefix("notice:")).first()
        return notices.add_notice_photo(row, by=said["by"], notice=notice or ProjectNotice(), file=upload)

    @verb(
        ProjectNoticeShape, ProjectSerializer,
        example={"stage": "approval", "level": "village", "place": "村部东侧公示栏"},
    )  # fmt: skip
    def post_notice(self: Any, request: Request, id: str) -> Response:
        """登记公示（实施单位、主管部门）；照片用 attach 上传，kind 为“notice:公示标识”。"""
        return self.act(notices.post_notice, ProjectNoticeShape)  # type: ignore[no-any-return]

    @verb(TakeDownShape, ProjectSerializer, example=NOTICE)
    def take_down_notice(self: Any, request: Request, id: str) -> Response:
        """登记公示撤下。"""
        return self.act(notices.take_down_notice, TakeDownShape)  # type: ignore[no-any-return]

    @verb(OfNoticeShape, ProjectSerializer, example={**NOTICE, "note": "地点录错，重新登记。"})
    def void_notice(self: Any, request: Request, id: str) -> Response:
        """作废录错的公示，写明理由；有异议的不能作废。"""
        return self.act(notices.void_notice, OfNoticeShape)  # type: ignore[no-any-return]

    @verb(NoticeObjectionShape, ProjectSerializer, example={**NOTICE, "text": "公示的受益户数与实际不符。"})
    def record_objection(self: Any, request: Request, id: str) -> Response:
        """登记对公示的异议。"""
        return self.act(notices.record_objection, NoticeObjectionShape)  # type: ignore[no-any-return]

    @verb(
        AnswerObjectionShape, ProjectSerializer,
        example={**OBJECTION, "finding": "unfounded", "answer": "经入户核实，户数与公示一致。", "told": "face"},
    )  # fmt: skip
    def answer_objection(self: Any, request: Request, id: str) -> Response:
        """答复异议：不能由公示经办人答复；署名的答复本人。"""
        return self.act(notices.answer_objection, AnswerObjectionShape)  # type: ignore[no-any-return]

    @verb(ObjectionResultShape, ProjectSerializer, example={**OBJECTION, "result_place": "村部公示栏"})
    def publish_objection(self: Any, request: Request, id: str) -> Response:
        """公布异议的核实结果。"""
        return self.act(notices.publish_objection, ObjectionResultShape)  # type: ignore[no-any-return]

    @extend_schema(responses=ProjectNoticeSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def notices(self: Any, request: Request, id: str) -> Response:
        """登记的公示，含作废的。"""
        rows = self.get_object().notices.visible_to(self.user).for_list()
        return Response(ProjectNoticeSerializer(rows, many=True).data)

    @extend_schema(responses=NoticeCellSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def notice_cells(self: Any, request: Request, id: str) -> Response:
        """三级、三个时段的公示：应到哪一天，缺什么。"""
        return Response(NoticeCellSerializer(notice_rules.cells(self.get_object()), many=True).data)

    @extend_schema(responses=ObjectionSerializer(many=True), parameters=[])
    @action(methods=["get"], **ALONE)
    def objections(self: Any, request: Request, id: str) -> Response:
        """对公示的异议和答复。"""
        rows: Any = ProjectObjection.objects.visible_to(self.user)
        found = rows.filter(notice__project=self.get_object()).for_list()
        return Response(ObjectionSerializer(found, many=True).data)
