"""Bulletins and the copies sent out, for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.shapes import bulletins as shapes
from cases.bulletin_filters import BulletinFilter, CopyFilter
from cases.models import Bulletin, BulletinCase, BulletinCopy
from cases.sent_ledgers import BULLETIN_COLUMNS
from cases.services import bulletins, publishing, village_copies
from cases.services.bulletin_papers import paper_of
from cases.workflow.bulletins import BULLETIN, COPY
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer
from povertyaudit.core.api.uploads import with_files
from povertyaudit.core.api.viewsets import ScopedViewSet

CASE = {
    "lead": "990101-XF-2026-0001", "problem": "虚报冒领危房改造补助问题", "persons": [{"name": "赵某"}],
    "facts": "2024 年至 2025 年，赵某在担任村委会主任期间，虚报危房改造户，冒领补助资金。",
    "decision": "赵某受到党内警告处分，违纪资金已收缴。", "changed_why": "合并表述，与决定书一致。",
}  # fmt: skip


class BulletinCaseSerializer(serializers.ModelSerializer[BulletinCase]):
    """A case (起) with its persons (人次)."""

    id = serializers.CharField(source="public_id", read_only=True)
    lead = serializers.CharField(source="lead.public_id", read_only=True)
    lead_number = serializers.CharField(source="lead.number", read_only=True)
    persons = serializers.SerializerMethodField()

    class Meta:
        model = BulletinCase
        fields = (
            "id",
            "ordinal",
            "lead",
            "lead_number",
            "place",
            "problem",
            "facts",
            "decision",
            "recorded",
            "changed_why",
            "persons",
        )

    def get_persons(self, case: BulletinCase) -> list[dict[str, str]]:
        return [
            {
                "name": one.name,
                "unit_text": one.unit_text,
                "post_text": one.post_text,
                "measures": one.measures,
            }
            for one in case.persons.all()
        ]


class BulletinSerializer(RecordSerializer):
    """A bulletin with its cases."""

    drafted_by = serializers.CharField(source="drafted_by.display_name", read_only=True)
    approved_by = serializers.CharField(source="approved_by.display_name", read_only=True, default=None)
    corrects = serializers.CharField(source="corrects.public_id", read_only=True, default=None)
    case_count = serializers.IntegerField(read_only=True, help_text="起")
    person_count = serializers.IntegerField(read_only=True, help_text="人次")
    cases = BulletinCaseSerializer(many=True, read_only=True)

    class Meta:
        model = Bulletin
        fields = (
            *RecordSerializer.COMMON, "title", "preface", "issue", "issued_on", "drafted_by", "approved_by", "approved_on",
            "corrects", "case_count", "person_count", "cases",
        )  # fmt: skip


class BulletinCopySerializer(RecordSerializer):
    """What a unit was sent. `text` is there once the unit has read it."""

    title = serializers.CharField(read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    channel = serializers.CharField(source="channel.code", read_only=True)
    channel_display = serializers.CharField(source="channel.name", read_only=True)
    read_by = serializers.CharField(source="read_by.display_name", read_only=True, default=None)
    posted_by = serializers.CharField(source="posted_by.display_name", read_only=True, default=None)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="阅读、传达期限")
    text = serializers.SerializerMethodField(help_text="按渠道写成的全文，阅读签收后才有")

    class Meta:
        model = BulletinCopy
        fields = (
            *RecordSerializer.COMMON, "title", "unit", "unit_name", "channel", "channel_display", "sent_at", "read_at",
            "read_by", "posted_on", "posted_way", "posted_by", "due_on", "text",
        )  # fmt: skip

    def get_text(self, copy: BulletinCopy) -> str | None:
        if copy.state != "read" or self.parent is not None:
            return None
        paper = paper_of(copy.bulletin, copy.channel.mask)
        return "\n".join(block.words for block in paper.blocks if hasattr(block, "words"))


class BulletinViewSet(DossierMixin, LedgerMixin, ScopedViewSet):
    """通报曝光：从已办结的线索起草，另一人批准，印发、发送、更正。"""

    queryset = Bulletin.objects.for_page()
    serializer_class = BulletinSerializer
    filterset_class = BulletinFilter
    ledger_columns, ledger_name = BULLETIN_COLUMNS, "bulletins"
    workflow = BULLETIN
    orderings = {**ScopedViewSet.orderings, "issued_on": "issued_on"}  # noqa: RUF012 — as the base class has it

    @write_schema(
        shapes.BulletinShape,
        BulletinSerializer,
        example={"title": "关于侵害群众利益典型案例的通报"},
        status=201,
    )
    def create(self, request: Request) -> Response:
        """起草通报（案管室）。"""
        return self.make(bulletins.draft, shapes.BulletinShape)

    @verb(shapes.BulletinCaseShape, BulletinSerializer, example=CASE)
    def add_case(self, request: Request, id: str) -> Response:
        """增加案例：姓名写全名，发布时按渠道改写。"""
        return self.act(bulletins.add_case, shapes.BulletinCaseShape)

    @verb(shapes.RemoveCaseShape, BulletinSerializer, example={"case": "1"})
    def remove_case(self, request: Request, id: str) -> Response:
        """删去案例。"""
        return self.act(bulletins.remove_case, shapes.RemoveCaseShape)

    @verb(NoteShape, BulletinSerializer, example={})
    def submit(self, request: Request, id: str) -> Response:
        """报送审批。"""
        return self.act(bulletins.submit, NoteShape)

    @verb(NoteShape, BulletinSerializer, example={"note": "同意印发。"})
    def approve(self, request: Request, id: str) -> Response:
        """批准（领导，不能是起草人）。"""
        return self.act(bulletins.approve, NoteShape)

    @verb(shapes.BulletinReasonShape, BulletinSerializer, example={"note": "第一起案例的事实请再核对。"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回修改。"""
        return self.act(bulletins.send_back, shapes.BulletinReasonShape)

    @verb(NoteShape, BulletinSerializer, example={})
    def issue(self, request: Request, id: str) -> Response:
        """印发，编期号。"""
        return self.act(bulletins.issue, NoteShape)

    @verb(
        shapes.DistributeShape,
        BulletinSerializer,
        example={"channel": "public", "units": ["县民政局"], "villages": []},
    )
    def distribute(self, request: Request, id: str) -> Response:
        """发送到单位和村；各单位只看到按渠道写成的全文。"""
        return self.act(publishing.distribute, shapes.DistributeShape)

    @verb(shapes.VillagesShape, BulletinSerializer, example={"channel": "public", "region": "990101103000"})
    def send_to_villages(self, request: Request, id: str) -> Response:
        """发送到全县或者一个乡镇的全部村；没有账号的村由乡镇代收、传达。"""
        return self.act(village_copies.send_to_villages, shapes.VillagesShape)

    @verb(shapes.BulletinReasonShape, BulletinSerializer, example={"note": "处分决定日期有误。"}, status=201)
    def correct(self, request: Request, id: str) -> Response:
        """起草更正通报：答复是新的草稿，印发后原通报失效。"""
        new = bulletins.correct(
            self.get_object(),
            by=self.user,
            expected_version=self.expected_version(),
            **self.body(shapes.BulletinReasonShape),
        )
        return self.answer(self.get_queryset().get(pk=new.pk), status=201)


class BulletinCopyViewSet(DossierMixin, ScopedViewSet):
    """发出和收到的通报：谁读了，谁还没有读。"""

    queryset = BulletinCopy.objects.for_list()
    serializer_class: Any = BulletinCopySerializer
    filterset_class = CopyFilter
    workflow = COPY
    orderings = {**ScopedViewSet.orderings, "sent_at": "sent_at"}  # noqa: RUF012 — as the base class has it

    @verb(NoteShape, BulletinCopySerializer, example={})
    def read(self, request: Request, id: str) -> Response:
        """阅读签收（送达单位）：答复里有全文。"""
        return self.act(publishing.read, NoteShape)

    @with_files
    @verb(shapes.PostUpShape, BulletinCopySerializer)
    def post_up(self, request: Request, id: str) -> Response:
        """登记村内传达（送达单位），附照片。"""
        return self.act(village_copies.post_up, shapes.PostUpShape)
