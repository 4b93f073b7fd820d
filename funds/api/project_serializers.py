"""What is shown of allocations and projects. Money is in 分."""

from rest_framework import serializers

from funds.models import Allocation, FundingLine, ProgressReport, Project, ProjectDouble
from povertyaudit.core.api.serializers import RecordSerializer


class AllocationSerializer(RecordSerializer):
    """Money a level gave to the county; `left_fen` stands in no project yet."""

    level_display = serializers.CharField(source="get_level_display", read_only=True)
    fund_kind = serializers.CharField(source="fund_kind.code", read_only=True)
    fund_kind_display = serializers.CharField(source="fund_kind.name", read_only=True)
    left_fen = serializers.IntegerField(read_only=True)

    class Meta:
        model = Allocation
        fields = (
            *RecordSerializer.COMMON, "title", "paper_no", "level", "level_display", "fund_kind", "fund_kind_display",
            "year", "amount_fen", "assigned_fen", "left_fen", "issued_on", "received_on",
        )  # fmt: skip


class LineSerializer(serializers.ModelSerializer[FundingLine]):
    """One source of a project's money."""

    id = serializers.CharField(source="public_id", read_only=True)
    allocation = serializers.CharField(source="allocation.number", read_only=True)
    paper_no = serializers.CharField(source="allocation.paper_no", read_only=True)
    level = serializers.CharField(source="allocation.level", read_only=True)
    fund_kind = serializers.CharField(source="allocation.fund_kind.code", read_only=True)

    class Meta:
        model = FundingLine
        fields = ("id", "allocation", "paper_no", "level", "fund_kind", "amount_fen", "paid_fen")


class ReportSerializer(serializers.ModelSerializer[ProgressReport]):
    """How far a project was on a day."""

    id = serializers.CharField(source="public_id", read_only=True)
    reported_by = serializers.CharField(source="reported_by.display_name", read_only=True)

    class Meta:
        model = ProgressReport
        fields = ("id", "reported_on", "percent", "text", "problem", "reported_by")


class DoubleSerializer(serializers.ModelSerializer[ProjectDouble]):
    """A project this one may be a double of, why, and what was answered."""

    id = serializers.CharField(source="public_id", read_only=True)
    other = serializers.CharField(source="other.number", read_only=True)
    other_title = serializers.CharField(source="other.title", read_only=True)
    reasons = serializers.SerializerMethodField(help_text="place 地点 / content 内容 / money 资金")
    answered_by = serializers.CharField(source="answered_by.display_name", default=None, read_only=True)

    class Meta:
        model = ProjectDouble
        fields = (
            "id", "other", "other_title", "reasons", "words", "decision", "answer", "answered_by", "answered_on",
        )  # fmt: skip

    def get_reasons(self, row: ProjectDouble) -> list[str]:
        return row.reasons.split(",")


class ProjectSerializer(RecordSerializer):
    """A project of the store. Its sources: `lines/`; what it may be a double of: `doubles/`."""

    kind = serializers.CharField(source="kind.code", read_only=True)
    kind_display = serializers.CharField(source="kind.name", read_only=True)
    responsible_unit = serializers.CharField(source="responsible_unit.public_id", read_only=True)
    responsible_unit_name = serializers.CharField(source="responsible_unit.name", read_only=True)
    sector_unit = serializers.CharField(source="sector_unit.public_id", read_only=True)
    sector_unit_name = serializers.CharField(source="sector_unit.name", read_only=True)
    entered_by = serializers.CharField(source="entered_by.display_name", read_only=True)

    class Meta:
        model = Project
        fields = (
            *RecordSerializer.COMMON, "title", "kind", "kind_display", "year", "place", "content", "targets",
            "responsible_unit", "responsible_unit_name", "sector_unit", "sector_unit_name", "households", "persons",
            "poor_households", "poor_persons", "planned_fen", "approved_fen", "tender_fen", "contract_fen",
            "retention_fen", "settled_fen", "funded_fen", "paid_fen", "spent_fen", "plan_start", "plan_end", "stored_on",
            "surveyed_on", "survey", "reviewed_on", "review_text", "approval_no", "approved_on", "contractor",
            "contract_no", "contract_on", "started_on", "completed_on", "accepted_on", "accepted_text", "asset_no",
            "published_on", "entered_by",
        )  # fmt: skip
