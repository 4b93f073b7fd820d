"""Small shapes inside an item, as machines read them."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from povertyaudit.core import signing
from povertyaudit.core.workflow import verb_label
from rectification.models import (
    Closing,
    Evidence,
    ExtensionRequest,
    ItemSignature,
    ItemUnit,
    Measure,
    Objection,
    PastEvidence,
    ProgressReport,
    Publication,
    Result,
    SentBack,
    Stage,
    VerificationWay,
)


class UnitPart(serializers.ModelSerializer[ItemUnit]):
    id = serializers.CharField(source="unit.public_id", read_only=True)
    name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = ItemUnit
        fields = ("id", "name", "is_main")


class EvidencePart(serializers.ModelSerializer[Evidence]):
    """A file that proves; its bytes are at `url`. `before` is the photo of before that it stands beside."""

    id = serializers.CharField(source="public_id", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    measure = serializers.CharField(source="measure.public_id", read_only=True, default=None)
    before = serializers.SerializerMethodField(help_text="同一角度的整改前照片（佐证材料的标识）")
    attachment = serializers.CharField(source="attachment.public_id", read_only=True)
    url = serializers.CharField(source="attachment.get_absolute_url", read_only=True)
    sha256 = serializers.CharField(source="attachment.sha256", read_only=True)
    original_sha256 = serializers.CharField(source="attachment.original_sha256", read_only=True)
    content_type = serializers.CharField(source="attachment.content_type", read_only=True)
    size = serializers.IntegerField(source="attachment.size", read_only=True)
    version_no = serializers.IntegerField(source="attachment.version_no", read_only=True)
    uploaded_by = serializers.CharField(
        source="attachment.uploaded_by.display_name", read_only=True, default=""
    )

    class Meta:
        model = Evidence
        fields = (
            "id", "kind", "kind_display", "note", "measure", "before", "attachment", "url", "sha256", "original_sha256",
            "content_type", "size", "version_no", "uploaded_by", "created_at",
        )  # fmt: skip

    def get_before(self, row: Evidence) -> str | None:
        return row.before.public_id if row.before else None


class PastEvidencePart(serializers.ModelSerializer[PastEvidence]):
    """An earlier version of a file, or one that was withdrawn; `evidence` is the piece it belonged to."""

    id = serializers.CharField(source="public_id", read_only=True)
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    attachment = serializers.CharField(source="attachment.public_id", read_only=True)
    url = serializers.CharField(source="attachment.get_absolute_url", read_only=True)
    sha256 = serializers.CharField(source="attachment.sha256", read_only=True)
    by = serializers.CharField(source="ended_by.display_name", read_only=True)

    class Meta:
        model = PastEvidence
        fields = (
            "id", "evidence", "measure_no", "kind", "kind_name", "note", "version_no", "state", "state_display", "reason",
            "by", "ended_at", "attachment", "url", "sha256",
        )  # fmt: skip


class ResultPart(serializers.ModelSerializer[Result]):
    id = serializers.CharField(source="public_id", read_only=True)
    measure = serializers.CharField(source="measure.public_id", read_only=True, default=None)

    class Meta:
        model = Result
        fields = ("id", "no", "measure", "text", "figures")


class MeasurePart(serializers.ModelSerializer[Measure]):
    id = serializers.CharField(source="public_id", read_only=True)
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    unit = serializers.CharField(
        source="unit.public_id", read_only=True, default=None, help_text="空为主责单位"
    )
    unit_name = serializers.CharField(source="unit.name", read_only=True, default=None)

    class Meta:
        model = Measure
        fields = (
            "id", "no", "text", "due_on", "unit", "unit_name", "person", "state", "state_display", "version",
        )  # fmt: skip


class ReportPart(serializers.ModelSerializer[ProgressReport]):
    id = serializers.CharField(source="public_id", read_only=True)
    by = serializers.CharField(source="reported_by.display_name", read_only=True)

    class Meta:
        model = ProgressReport
        fields = ("id", "period", "text", "completion", "by", "reported_on")


class ExtensionPart(serializers.ModelSerializer[ExtensionRequest]):
    id = serializers.CharField(source="public_id", read_only=True)
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    asked_by = serializers.CharField(source="asked_by.display_name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.display_name", read_only=True, default=None)

    days = serializers.IntegerField(read_only=True, help_text="延长天数，未同意的为 0")

    class Meta:
        model = ExtensionRequest
        fields = (
            "id", "state", "state_display", "asked_by", "asked_on", "due_before", "until", "reason", "reason_code",
            "reason_name", "by_leader", "decided_by", "decided_on", "granted_until", "days", "opinion",
        )  # fmt: skip


class ClosingPart(serializers.ModelSerializer[Closing]):
    applicant = serializers.CharField(source="applicant.name", read_only=True)
    reviewer = serializers.CharField(source="reviewer.name", read_only=True)
    verifier = serializers.CharField(source="verifier.name", read_only=True)

    class Meta:
        model = Closing
        fields = (
            "no", "due_on", "verified_on", "closed_on", "late", "applicant", "reviewer", "verifier", "filed_on", "pages", "place",
            "reopened_on", "reopen_reason",
        )  # fmt: skip


class MissingPart(serializers.Serializer[Any]):
    """What stands between the item and its next step."""

    message = serializers.CharField(source="sentence", read_only=True)
    mend = serializers.CharField(source="url", read_only=True, help_text="可以补充的页面；不由您补充的为空")


class StagePart(serializers.ModelSerializer[Stage]):
    """A stage of an item kept up for good; `outcome` empty while it runs."""

    outcome_display = serializers.CharField(source="get_outcome_display", read_only=True)
    signed_by = serializers.CharField(source="signed_by.display_name", read_only=True, default=None)
    digest = serializers.CharField(
        source="signature.digest", read_only=True, default=None, help_text="签署内容摘要"
    )
    valid = serializers.SerializerMethodField(help_text="签署是否有效，没有签署的为空")

    class Meta:
        model = Stage
        fields = (
            "no", "goal", "set_on", "due_on", "outcome", "outcome_display", "result", "ended_on", "signed_by",
            "digest", "valid",
        )  # fmt: skip

    def get_valid(self, row: Stage) -> bool | None:
        return None if row.signed_by_id is None else not row.is_changed


class WayPart(serializers.ModelSerializer[VerificationWay]):
    """One way of a verification. `whom` is null for those it is not for."""

    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    verifier = serializers.CharField(source="signature.person.name", read_only=True)
    whom = serializers.SerializerMethodField(help_text="询问对象，只对复核部门和领导给出")

    class Meta:
        model = VerificationWay
        fields = ("kind", "kind_display", "verifier", "day", "place", "whom", "found")

    def get_whom(self, row: VerificationWay) -> str | None:
        return row.whom if self.context["whom"] else None


class PublicationPart(serializers.ModelSerializer[Publication]):
    class Meta:
        model = Publication
        fields = ("no", "place", "verified_on", "starts_on", "ends_on", "ended_on", "upheld")


class ObjectionPart(serializers.ModelSerializer[Objection]):
    """An objection. Who, what and the answer are null for those they are not for."""

    id = serializers.CharField(source="public_id", read_only=True)
    state_display = serializers.CharField(source="get_state_display", read_only=True)
    decided_by = serializers.CharField(source="decided_by.display_name", read_only=True, default=None)

    class Meta:
        model = Objection
        fields = (
            "id", "no", "received_on", "state", "state_display", "decided_by", "decided_on", "by_whom", "text", "answer",
        )  # fmt: skip
        extra_kwargs = {name: {"allow_null": True} for name in ("by_whom", "text", "answer")}  # noqa: RUF012

    def to_representation(self, instance: Objection) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        return shown if self.context["whom"] else shown | dict.fromkeys(("by_whom", "text", "answer"))


class SentBackPart(serializers.ModelSerializer[SentBack]):
    by = serializers.CharField(source="sent_back_by.display_name", read_only=True)

    class Meta:
        model = SentBack
        fields = ("no", "sent_back_on", "by", "reason_code", "reason_name", "opinion")


class DifferencePart(serializers.Serializer[Any]):
    """Something that is not as it was when the item was last sent back."""

    part = serializers.CharField(help_text="问题、措施、成效、佐证材料、资金")
    what = serializers.CharField(help_text="增加、修改、替换、撤下")
    before = serializers.CharField()
    after = serializers.CharField()


class SignaturePart(serializers.ModelSerializer[ItemSignature]):
    """Who signed what, and whether it holds: computed over the present content in a record, by its stamp in a list."""

    id = serializers.CharField(source="public_id", read_only=True)
    step_display = serializers.CharField(source="get_step_display", read_only=True)
    person = serializers.CharField(source="person.name", read_only=True)
    valid = serializers.SerializerMethodField(help_text="签署是否有效")
    voided_by = serializers.CharField(source="voided_by.display_name", read_only=True, default=None)
    voided_verb = serializers.SerializerMethodField(help_text="使签署失效的动作")

    class Meta:
        model = ItemSignature
        fields = (
            "id", "step", "step_display", "person", "role", "opinion", "signed_at", "digest", "fields_version", "valid",
            "voided_at", "voided_by", "voided_verb",
        )  # fmt: skip

    def get_valid(self, row: ItemSignature) -> bool:
        if row.voided_at is not None:
            return False
        content = self.context.get("content")
        return True if content is None else signing.holds(row, row.item, content)

    def get_voided_verb(self, row: ItemSignature) -> str:
        return verb_label(row.voided_verb) if row.voided_verb else ""


def signatures_of(item: Any, context: Mapping[str, Any], *, computed: bool) -> Any:
    """The signatures of one item; `computed` compares each with the content as it is now."""
    standing = computed and any(s.voided_at is None for s in item.signatures.all())
    content = item.signed_content() if standing else None
    return SignaturePart(item.signatures.all(), many=True, context={**context, "content": content}).data
