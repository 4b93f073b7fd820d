"""What machines are told of leads. Money is in 分. The complainant never comes back."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.models import (
    Assist,
    ClosingDuty,
    Dispatch,
    HoldReview,
    IntakeDetail,
    Lead,
    LeadStep,
    LeadSubject,
    OtherNumber,
)
from cases.services import open_doubts
from cases.workflow import knows_id
from povertyaudit.core.api.serializers import RecordSerializer


class SubjectSerializer(serializers.ModelSerializer[LeadSubject]):
    """A person complained of."""

    id = serializers.CharField(source="public_id", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    rank_kind_display = serializers.CharField(source="get_rank_kind_display", read_only=True)
    managed_by = serializers.CharField(source="managed_by.code", read_only=True, default=None)
    managed_by_display = serializers.CharField(source="managed_by.name", read_only=True, default=None)
    political_status_display = serializers.CharField(source="get_political_status_display", read_only=True)
    category = serializers.CharField(source="category.code", read_only=True, default=None)
    category_display = serializers.CharField(source="category.name", read_only=True, default=None)
    style: Any = serializers.CharField(source="style.code", read_only=True, default=None)
    style_display = serializers.CharField(source="style.name", read_only=True, default=None)
    id_last4 = serializers.SerializerMethodField(help_text="身份证号末四位，只给办理这件线索的人")

    class Meta:
        model = LeadSubject
        fields = (
            "id", "version", "name", "unit_text", "post_text", "kind", "kind_display", "principal", "number_one",
            "rank_text", "rank_kind", "rank_kind_display", "managed_by", "managed_by_display", "congress_seat",
            "cppcc_seat", "gender", "birth_month", "ethnicity", "education", "political_status",
            "political_status_display", "party_entry_month", "category", "category_display", "style",
            "style_display", "id_last4",
        )  # fmt: skip

    def get_id_last4(self, row: LeadSubject) -> str | None:
        user = self.context["request"].user
        return (row.id_last4 or None) if knows_id(row.lead, user) else None


class OtherNumberSerializer(serializers.ModelSerializer[OtherNumber]):
    """The number another level gave the same lead."""

    class Meta:
        model = OtherNumber
        fields = ("issuer", "number")


class StepSerializer(serializers.ModelSerializer[LeadStep]):
    """A disposition step."""

    id = serializers.CharField(source="public_id", read_only=True)
    method_display = serializers.CharField(source="get_method_display", read_only=True)
    unit = serializers.CharField(source="unit.public_id", read_only=True)
    proposed_by = serializers.CharField(source="proposed_by.display_name", read_only=True)
    approved_by = serializers.CharField(source="approved_by.display_name", read_only=True, default=None)
    participants = serializers.ListField(
        child=serializers.CharField(), source="participant_ids", read_only=True
    )
    papers = serializers.ListField(child=serializers.CharField(), source="paper_ids", read_only=True)
    standing = serializers.CharField(read_only=True)

    class Meta:
        model = LeadStep
        fields = (
            "id", "ordinal", "method", "method_display", "sub_method", "unit", "proposal", "discussed_on",
            "proposed_by", "proposed_on", "approved_by", "approved_on", "opinion", "sent_back_on", "started_on",
            "replied_on", "finished_on", "result", "standing", "plan", "present", "conclusion", "asked_of", "why_asked",
            "outside_number", "outside_on", "participants", "papers", "approval_late_days", "late_days", "stopped_on",
            "stopped_why", "resumed_on",
        )  # fmt: skip


class ClosingDutySerializer(serializers.ModelSerializer[ClosingDuty]):
    """What a closing still asked for."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)

    class Meta:
        model = ClosingDuty
        fields = ("kind", "kind_display", "since", "done_on", "text", "late_days", "standing")
        read_only_fields = ("standing",)


class HoldReviewSerializer(serializers.ModelSerializer[HoldReview]):
    """A look at a held lead."""

    class Meta:
        model = HoldReview
        fields = ("due_on", "reviewed_on", "finding", "next_on", "late_days")


class DispatchSerializer(serializers.ModelSerializer[Dispatch]):
    """A dispatch with the leader's instruction."""

    to_unit = serializers.CharField(source="to_unit.public_id", read_only=True)
    to_unit_name = serializers.CharField(source="to_unit.name", read_only=True)

    supervisor = serializers.CharField(source="supervisor.display_name", read_only=True, default=None)
    special_decider = serializers.CharField(
        source="special_decider.display_name", read_only=True, default=None
    )

    class Meta:
        model = Dispatch
        fields = (
            "mode", "instruction", "to_unit", "to_unit_name", "dispatched_on", "signed_for_at", "handed_back_at",
            "handed_back_reason", "supervisor", "result_due_on", "reported_on", "report_text", "special_mode",
            "special_reason", "special_decider",
        )  # fmt: skip


class AssistSerializer(serializers.ModelSerializer[Assist]):
    """An office that assists."""

    unit = serializers.CharField(source="unit.public_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    standing = serializers.CharField(read_only=True)

    class Meta:
        model = Assist
        fields = ("unit", "unit_name", "task", "asked_on", "result", "ended_on", "standing")


class IntakeSerializer(serializers.ModelSerializer[IntakeDetail]):
    """来件情况: what the channel asks of where the lead came from."""

    class Meta:
        model = IntakeDetail
        fields = IntakeDetail.FIELDS


class DoubtSerializer(serializers.Serializer[Any]):
    """What looks like a slip."""

    field = serializers.CharField()
    message = serializers.CharField()


class LeadSerializer(RecordSerializer):
    """A lead. `due_on` is the earliest running period."""

    region_name = serializers.CharField(source="region.path_name", read_only=True)
    channel_display = serializers.CharField(source="get_channel_display", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    identity_status_display = serializers.CharField(source="get_identity_status_display", read_only=True)
    category = serializers.CharField(source="category.code", read_only=True, default=None)
    category_display = serializers.CharField(source="category.name", read_only=True, default=None)
    style: Any = serializers.CharField(source="style.code", read_only=True, default=None)
    style_display = serializers.CharField(source="style.name", read_only=True, default=None)
    registering_unit = serializers.CharField(source="registering_unit.public_id", read_only=True)
    registering_unit_name = serializers.CharField(source="registering_unit.name", read_only=True)
    handling_unit = serializers.CharField(source="handling_unit.public_id", read_only=True, default=None)
    handling_unit_name = serializers.CharField(source="handling_unit.name", read_only=True, default=None)
    acting_unit = serializers.CharField(source="acting_unit.public_id", read_only=True, default=None)
    handler = serializers.CharField(source="handler.display_name", read_only=True, default=None)
    leader = serializers.CharField(source="leader.display_name", read_only=True, default=None)
    method_display = serializers.CharField(source="get_method_display", read_only=True)
    close_kind_display = serializers.CharField(source="get_close_kind_display", read_only=True)
    merged_into = serializers.CharField(source="merged_into.public_id", read_only=True, default=None)
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="最早到期的期限")
    subjects = SubjectSerializer(many=True, read_only=True)
    batch = serializers.CharField(source="batch.number", read_only=True, default=None)
    supervisor = serializers.CharField(source="supervisor.display_name", read_only=True, default=None)

    class Meta:
        model = Lead
        fields = (
            *RecordSerializer.COMMON, "region_name", "channel", "channel_display", "kind", "kind_display",
            "identity_status", "identity_status_display", "received_on", "title", "text", "category",
            "category_display", "style", "style_display", "amount_fen", "registering_unit", "registering_unit_name",
            "handling_unit", "handling_unit_name", "acting_unit", "handler", "leader", "dispatch_mode",
            "dispatched_on", "signed_for_on", "result_due_on", "method", "method_display", "approver", "filed_on",
            "review_on", "concluded_on", "close_kind", "close_kind_display", "result_text", "repeats", "merged_into",
            "forwarded_to", "forwarded_on", "forward_receipt", "returned_to", "returned_on", "return_reason", "pressed_times", "reopened_times", "acknowledged_on",
            "fed_back_on", "due_on", "stopped_on", "duties_owed", "reactivated_times", "subjects", "batch", "supervisor",
            "reported_on",
        )  # fmt: skip


class LeadDetailSerializer(LeadSerializer):
    """One lead with its steps, dispatches and other numbers."""

    steps = StepSerializer(many=True, read_only=True)
    dispatches = DispatchSerializer(many=True, read_only=True)
    other_numbers = OtherNumberSerializer(many=True, read_only=True)
    assists = AssistSerializer(many=True, read_only=True)
    closing_duties = ClosingDutySerializer(many=True, read_only=True)
    hold_reviews = serializers.SerializerMethodField()
    intake = IntakeSerializer(read_only=True, default=None, help_text="来件情况")
    doubts = serializers.SerializerMethodField(help_text="登记内容中需要核对、又没有说明的地方")

    class Meta(LeadSerializer.Meta):
        fields = (
            *LeadSerializer.Meta.fields, "steps", "dispatches", "other_numbers", "assists", "closing_duties",
            "hold_reviews", "intake", "check_note", "doubts",
        )  # fmt: skip

    @extend_schema_field(HoldReviewSerializer(many=True))
    def get_hold_reviews(self, lead: Lead) -> Any:
        found = [review for step in lead.steps.all() for review in step.hold_reviews.all()]
        return HoldReviewSerializer(found, many=True).data

    @extend_schema_field(DoubtSerializer(many=True))
    def get_doubts(self, lead: Lead) -> list[dict[str, str]]:
        return [asdict(doubt) for doubt in open_doubts(lead)]


class RevealedSerializer(serializers.Serializer[Any]):
    """Shown once, kept nowhere, recorded."""

    id = serializers.CharField()
    complainant = serializers.DictField(child=serializers.CharField())
