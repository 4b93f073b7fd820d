"""Monthly sheets of villages for machines: read, fill in with photos sent before, hand in, check."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from funds.api.money_ledgers import VILLAGE_SHEET_COLUMNS
from funds.models import LocalDuty, SheetLine, VillageSheet
from funds.services import village_duties, village_sheets
from funds.village_filters import LocalDutyFilter, VillageSheetFilter
from funds.workflow.village import LOCAL_DUTY, VILLAGE_SHEET
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    MonthField,
    ProseField,
    RegionField,
    ScopedRelatedField,
)
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer, Shape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

ANSWERS = [{"duty": "ASSETS", "answer": "nothing", "reason": "本月没有集体资产资源发包。"}]
NEW_DUTY = {"name": "水费收缴情况", "basis": "群众反映水费收缴不清楚。"}


class SheetLineSerializer(serializers.ModelSerializer[SheetLine]):
    """What was said of one duty."""

    id = serializers.CharField(source="public_id", read_only=True)
    duty = serializers.CharField(source="code", read_only=True, help_text="事项代码")
    answer_display = serializers.CharField(source="get_answer_display", read_only=True)
    photo = serializers.CharField(
        source="photo.public_id", default=None, read_only=True, help_text="照片的标识"
    )

    class Meta:
        model = SheetLine
        fields = ("id", "duty", "name", "answer", "answer_display", "published_on", "reason", "photo")


class VillageSheetSerializer(RecordSerializer):
    """The sheet of one village and month; `gaps` counts the duties that are not published."""

    title = serializers.CharField(read_only=True)
    month = serializers.DateField(format="%Y-%m", read_only=True, help_text="月份")
    unit = serializers.CharField(source="unit.public_id", read_only=True, help_text="所属乡镇")
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    submitted_by = serializers.CharField(source="submitted_by.display_name", default=None, read_only=True)
    checked_by = serializers.CharField(source="checked_by.display_name", default=None, read_only=True)
    lines = SheetLineSerializer(many=True, read_only=True)

    class Meta:
        model = VillageSheet
        fields = (
            *RecordSerializer.COMMON, "title", "month", "unit", "unit_name", "due_on", "gaps", "submitted_by",
            "submitted_on", "checked_by", "checked_on", "checked_text", "returned_reason", "lines",
        )  # fmt: skip


class LocalDutySerializer(RecordSerializer):
    """What a township asks of its villages beside what every village publishes; `code` names it on sheets."""

    code = serializers.CharField(read_only=True, help_text="事项代码")
    from_month = serializers.DateField(format="%Y-%m", read_only=True)
    to_month = serializers.DateField(format="%Y-%m", read_only=True, allow_null=True)
    entered_by = serializers.CharField(source="entered_by.display_name", read_only=True)

    class Meta:
        model = LocalDuty
        fields = (*RecordSerializer.COMMON, "code", "name", "basis", "from_month", "to_month", "entered_by")


class DutyAnswerShape(Shape):
    duty = CodeField(
        max_length=30, help_text="事项代码：terms/?list=village_duties，或者 local-duties 的 code"
    )
    answer = serializers.ChoiceField(choices=SheetLine.Answer.choices, help_text="公开情况")
    published_on = DayField(required=False, help_text="公开日期，不填为今天")
    photo = ScopedRelatedField(
        queryset=Attachment.objects.all(), required=False, help_text="照片的标识，先用 attach 上传"
    )
    reason = LineField(required=False, allow_blank=True, max_length=200, help_text="无此事项、未公开的必填")


class FillSheetShape(NoteShape):
    answers = serializers.ListField(
        child=DutyAnswerShape(),
        allow_empty=False,
        max_length=village_duties.CHECKLIST_MOST,
        help_text="每项一行",
    )
    hand_in = serializers.BooleanField(required=False, help_text="填好后一并上报")


class CheckSheetShape(NoteShape):
    text = ProseField(required=False, allow_blank=True, max_length=2000, help_text="核对意见，有未公开的必填")


class LocalDutyShape(NoteShape):
    name = LineField(max_length=50, help_text="公开事项")
    basis = LineField(max_length=200, help_text="为什么增加")
    region = RegionField(required=False, help_text="村的 12 位代码，不填为本乡镇各村")
    from_month = MonthField(required=False, help_text="自哪个月起，如 2026-03，不填为本月")
    to_month = MonthField(required=False, help_text="到哪个月止，不填为长期")


class EndDutyShape(NoteShape):
    to_month = MonthField(required=False, help_text="到哪个月止，不填为本月")


class VillageSheetViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """村务公开清单：一个村一个月一张，每月自动生成。"""

    queryset = VillageSheet.objects.for_page()
    serializer_class = VillageSheetSerializer
    filterset_class = VillageSheetFilter
    ledger_columns, ledger_name = VILLAGE_SHEET_COLUMNS, "village-sheets"
    workflow = VILLAGE_SHEET
    orderings: ClassVar[dict[str, str]] = {
        **ScopedViewSet.orderings, **{name: name for name in ("month", "due_on", "gaps")},
    }  # fmt: skip

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        return village_sheets.add_photo(row, upload, **said)

    @verb(FillSheetShape, VillageSheetSerializer, example={"answers": ANSWERS})
    def fill(self, request: Request, id: str) -> Response:
        """填报（村、乡镇）：没有写的事项不变；照片先用 attach 上传。"""
        return self.act(village_sheets.fill, FillSheetShape)

    @verb(NoteShape, VillageSheetSerializer, example={})
    def submit(self, request: Request, id: str) -> Response:
        """上报：各项都已填报。"""
        return self.act(village_sheets.submit, NoteShape)

    @verb(CheckSheetShape, VillageSheetSerializer, example={"text": "与公开栏一致。"})
    def check(self, request: Request, id: str) -> Response:
        """核对（乡镇主要负责人、乡镇纪委，不能是填报、上报的人）。"""
        return self.act(village_sheets.check, CheckSheetShape)

    @verb(NoteShape, VillageSheetSerializer, example={"note": "照片看不清金额，请重拍。"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回补正，写明理由；已核对的由监督检查室退回。"""
        return self.act(village_sheets.send_back, NoteShape)


class LocalDutyViewSet(DossierMixin, ScopedViewSet):
    """自选公开事项（N+X 的 X）：乡镇给本乡镇各村或者一个村增加的。"""

    queryset = LocalDuty.objects.for_list()
    serializer_class = LocalDutySerializer
    filterset_class = LocalDutyFilter
    workflow = LOCAL_DUTY
    orderings: ClassVar[dict[str, str]] = {**ScopedViewSet.orderings, "from_month": "from_month"}

    @write_schema(LocalDutyShape, LocalDutySerializer, example=NEW_DUTY, status=201)
    def create(self, request: Request) -> Response:
        """增加（乡镇）。"""
        return self.make(village_duties.add_duty, LocalDutyShape)

    @verb(EndDutyShape, LocalDutySerializer, example={"note": "岗位已全部公示。"})
    def end(self, request: Request, id: str) -> Response:
        """停用（乡镇）。"""
        return self.act(village_duties.end_duty, EndDutyShape)
