"""Shapes of items and measures for machines. Money is in 分."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.models import Lead
from funds.models import Misuse
from inspections.models import Finding
from povertyaudit.core import moment
from povertyaudit.core.api.serializers import RecordSerializer
from rectification.api.arrangement_part import ArrangementPart
from rectification.api.fields import (
    ClosingPart,
    DifferencePart,
    EvidencePart,
    ExtensionPart,
    MeasurePart,
    MissingPart,
    ObjectionPart,
    PublicationPart,
    ReportPart,
    ResultPart,
    SentBackPart,
    SignaturePart,
    StagePart,
    UnitPart,
    WayPart,
    signatures_of,
)
from rectification.api.regrouping_part import RegroupingPart
from rectification.escalation_lists import paused_words
from rectification.models import (
    Item,
    Measure,
    SourcePaper,
    State,
)
from rectification.period_pages import rhythm_words
from rectification.words import missing
from rectification.workflow import ITEM, gaps
from rectification.workflow.changes import since_sent_back
from rectification.workflow.who import may_know_whom

MEASURE_VERBS = ("edit_measure", "remove_measure", "add_result", "add_evidence")
DATED = frozenset(
    {State.ISSUED, State.ACCEPTED, State.RECTIFYING, State.CLOSURE_APPLIED, State.SECTOR_REVIEWED}
)


class ItemSerializer(RecordSerializer):
    """An item of rectification as a list shows it."""

    source_display = serializers.CharField(source="get_source_display", read_only=True)
    completion_display = serializers.CharField(source="get_completion_display", read_only=True)
    lead_unit = serializers.CharField(source="lead_unit.public_id", read_only=True)
    lead_unit_name = serializers.CharField(source="lead_unit.name", read_only=True)
    units = UnitPart(many=True, read_only=True)
    leading_leader = serializers.CharField(source="leading_leader.display_name", read_only=True, default=None)
    overdue = serializers.SerializerMethodField(help_text="未销号且已过整改时限")
    signatures = serializers.SerializerMethodField(help_text="签署及其是否有效")
    pressing_paused = serializers.SerializerMethodField(help_text="暂停督办至哪一天；没有暂停的为空")

    class Meta:
        model = Item
        fields = (
            *RecordSerializer.COMMON, "source", "source_display", "problem_class", "aspect", "problem", "goal",
            "completion", "completion_display", "unfinished_reason", "lead_unit", "lead_unit_name", "units",
            "leading_leader", "responsible_person", "issued_on", "accepted_on", "due_on", "original_due_on", "overdue",
            "closed_on", "closed_late", "reopened_count", "stage_goal", "next_stage_on", "signatures",
            "pressing_paused",
        )  # fmt: skip
        read_only_fields = fields

    def get_pressing_paused(self, item: Item) -> str:
        return paused_words(item)

    def get_overdue(self, item: Item) -> bool:
        return item.state in DATED and item.due_on is not None and item.due_on < moment.today()

    @extend_schema_field(SignaturePart(many=True))
    def get_signatures(self, item: Item) -> Any:
        return signatures_of(item, self.context, computed=False)


class ItemRecordSerializer(ItemSerializer):
    """An item with its whole tree. `finding`, `lead`, `paper` and `misuses` name only what the caller may know of."""

    measures = MeasurePart(many=True, read_only=True)
    results = ResultPart(many=True, read_only=True)
    evidence = EvidencePart(many=True, read_only=True)
    reports = ReportPart(many=True, read_only=True)
    extension_requests = ExtensionPart(many=True, read_only=True)
    arrangements = ArrangementPart(many=True, read_only=True)
    regroupings = RegroupingPart(many=True, read_only=True)
    split_from = serializers.SerializerMethodField(help_text="由哪一事项拆分产生")
    parts = serializers.SerializerMethodField(help_text="已拆分的：继续办理的事项")
    merged_into = serializers.SerializerMethodField(help_text="已并入的：继续办理的事项")
    merged = serializers.SerializerMethodField(help_text="并入本事项的事项")
    closings = ClosingPart(many=True, read_only=True)
    stages = StagePart(many=True, read_only=True)
    finding = serializers.SerializerMethodField(help_text="巡察问题的标识")
    lead = serializers.SerializerMethodField(help_text="问题线索的标识")
    paper = serializers.SerializerMethodField(help_text="反馈文件的标识")
    misuses = serializers.SerializerMethodField(help_text="关联违规资金的标识")
    measures_without_result = serializers.SerializerMethodField(help_text="没有成效的措施序号")
    measures_without_evidence = serializers.SerializerMethodField(help_text="没有佐证材料的措施序号")
    report_rhythm = serializers.SerializerMethodField(help_text="今天的整改报告周期及其依据；不在整改的为空")

    verification = serializers.SerializerMethodField(help_text="复核记录")
    publications = PublicationPart(many=True, read_only=True)
    objections = serializers.SerializerMethodField(help_text="公示期间的异议")
    recurrence_of = serializers.SerializerMethodField(help_text="反弹自哪一事项")
    recurrences = serializers.SerializerMethodField(help_text="销号以后反弹，另立的事项")
    sent_back = SentBackPart(many=True, read_only=True)
    changes_since_sent_back = serializers.SerializerMethodField(help_text="上次退回以来的变化")
    missing = serializers.SerializerMethodField(help_text="下一步之前还缺什么")

    class Meta(ItemSerializer.Meta):
        fields = (
            *ItemSerializer.Meta.fields, "publication", "publication_days", "publication_place", "archived_on", "publications",
            "objections", "recurrence_of", "recurrences", "missing", "verification", "sent_back", "changes_since_sent_back",
            "measures", "results", "evidence", "reports", "extension_requests", "arrangements", "closings", "stages",
            "finding", "lead", "paper", "misuses", "measures_without_result", "measures_without_evidence", "report_rhythm",
            "regroupings", "regrouped_on", "split_from", "parts", "merged_into", "merged",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(SignaturePart(many=True))
    def get_signatures(self, item: Item) -> Any:
        return signatures_of(item, self.context, computed=True)

    @extend_schema_field(MissingPart(many=True))
    def get_missing(self, item: Item) -> Any:
        return MissingPart(missing(item, self.context["request"].user), many=True).data

    @extend_schema_field(WayPart(many=True))
    def get_verification(self, item: Item) -> Any:
        whom = may_know_whom(item, self.context["request"].user)
        return WayPart(item.ways.all(), many=True, context={"whom": whom}).data

    @extend_schema_field(ObjectionPart(many=True))
    def get_objections(self, item: Item) -> Any:
        whom = may_know_whom(item, self.context["request"].user)
        return ObjectionPart(item.objections.all(), many=True, context={"whom": whom}).data

    def get_recurrence_of(self, item: Item) -> str | None:
        return self._known(Item, [item.recurrence_of_id])[0]

    def get_recurrences(self, item: Item) -> list[str]:
        found = self._known(Item, [one.pk for one in item.recurrences.all()])
        return [one for one in found if one]

    def get_split_from(self, item: Item) -> str | None:
        return self._known(Item, [item.split_from_id])[0]

    def get_parts(self, item: Item) -> list[str]:
        ended = item.state == State.SPLIT
        found = self._known(Item, [one.pk for one in item.parts.all()]) if ended else []
        return [one for one in found if one]

    def get_merged_into(self, item: Item) -> str | None:
        return self._known(Item, [item.merged_into_id])[0]

    def get_merged(self, item: Item) -> list[str]:
        found = self._known(Item, [one.pk for one in item.merged.all()])
        return [one for one in found if one]

    @extend_schema_field(DifferencePart(many=True))
    def get_changes_since_sent_back(self, item: Item) -> Any:
        return DifferencePart(since_sent_back(item)[1], many=True).data

    def get_finding(self, item: Item) -> str | None:
        return self._known(Finding, [item.finding_id])[0]

    def get_lead(self, item: Item) -> str | None:
        return self._known(Lead, [item.lead_id])[0]

    def get_paper(self, item: Item) -> str | None:
        return self._known(SourcePaper, [item.paper_id])[0]

    def get_misuses(self, item: Item) -> list[str]:
        found = self._known(Misuse, [link.misuse_id for link in item.misuse_links.all()])
        return [one for one in found if one]

    def get_measures_without_result(self, item: Item) -> list[int]:
        return gaps(item)["results"]

    def get_measures_without_evidence(self, item: Item) -> list[int]:
        return gaps(item)["evidence"]

    def get_report_rhythm(self, item: Item) -> str:
        return rhythm_words(item)

    def _known(self, model: Any, keys: list[int | None]) -> list[str | None]:
        wanted = [key for key in keys if key is not None]
        if not wanted:
            return [None]
        seen = model.objects.visible_to(self.context["request"].user).filter(pk__in=wanted)
        return list(seen.order_by("pk").values_list("public_id", flat=True)) or [None]


class MeasureSerializer(RecordSerializer):
    """One measure. `actions` are verbs of this resource: the measure's part of what may be done with its item."""

    region = serializers.CharField(source="item.region_id", read_only=True)
    item = serializers.CharField(source="item.public_id", read_only=True)
    unit = serializers.CharField(source="answering.public_id", read_only=True, default=None)
    unit_name = serializers.CharField(source="answering.name", read_only=True, default=None)
    results = ResultPart(many=True, read_only=True)
    evidence = EvidencePart(many=True, read_only=True)

    class Meta:
        model = Measure
        fields = (
            *RecordSerializer.COMMON,
            "item",
            "no",
            "text",
            "due_on",
            "unit",
            "unit_name",
            "person",
            "results",
            "evidence",
        )
        read_only_fields = fields

    def get_actions(self, row: Measure) -> list[str]:
        user = self.context["request"].user
        offered = [name for name in MEASURE_VERBS if ITEM.transitions[name].offered(row.item, user)]
        return [name.removesuffix("_measure") for name in offered]
