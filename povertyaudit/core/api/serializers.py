"""Shapes every resource shares: the input base, the record base, and the kernel's own resources."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.http import QueryDict
from rest_framework import serializers

from povertyaudit.core import audit, files, moment, vault
from povertyaudit.core.api.fields import CodeField, LineField, ProseField
from povertyaudit.core.models import (
    Attachment,
    AuditEntry,
    Notification,
    Region,
    RegionAttribute,
    RegionName,
    Unit,
    UnitAlias,
)

# Sent along by our own pages' forms; never a field of ours.
FORM_NOISE = frozenset({"csrfmiddlewaretoken"})


class Shape(serializers.Serializer[Any]):
    """Input of one verb: an object with the declared fields and no others."""

    default_error_messages = {"invalid": "这里应是一组字段（JSON 对象），请核对后重新提交。"}  # noqa: RUF012 — the framework's name

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping | QueryDict):
            unknown = set(data) - set(self.fields) - FORM_NOISE
            if unknown:
                problem = serializers.ErrorDetail
                raise serializers.ValidationError(
                    {
                        str(name)[:60]: [problem("没有这一项，请核对名称或删除。", code="unknown_field")]
                        for name in sorted(unknown, key=str)[:20]
                    }
                )
        return super().to_internal_value(data)


class NoteShape(Shape):
    """A verb with an opinion or reason beside it."""

    note = ProseField(required=False, allow_blank=True, max_length=2000, help_text="意见或理由")


class WrittenReasonShape(Shape):
    """A verb whose reason must be written down."""

    note = ProseField(max_length=2000, help_text="理由")


class ReasonCodeShape(Shape):
    """A verb that may name its reason by a code of the lists."""

    reason_code = CodeField(required=False, allow_blank=True, max_length=30, help_text="原因代码，见 terms/")


class IdentityShape(Shape):
    """Who complained. Goes straight into the vault; never comes back from a list, a record or an error."""

    name = LineField(required=False, allow_blank=True, max_length=60, help_text="姓名")
    phone = LineField(required=False, allow_blank=True, max_length=40, help_text="联系电话")
    id_number = LineField(required=False, allow_blank=True, max_length=30, help_text="身份证号")
    address = LineField(required=False, allow_blank=True, max_length=200, help_text="住址")
    remark = ProseField(required=False, allow_blank=True, max_length=2000, help_text="备注")

    def to_representation(self, instance: Any) -> dict[str, str]:
        return {}


assert set(IdentityShape._declared_fields) == set(vault.IDENTITY_FIELDS)  # noqa: S101 — one list, two writers


class RecordSerializer(serializers.ModelSerializer[Any]):
    """What every row carries. Subclass `Meta` with the model and `fields = (*RecordSerializer.COMMON, …)`."""

    COMMON: ClassVar[tuple[str, ...]] = (
        "id", "number", "version", "region", "state", "state_display", "created_at", "updated_at", "actions",
    )  # fmt: skip

    id = serializers.CharField(source="public_id", read_only=True, help_text="不透明标识")
    number = serializers.CharField(read_only=True, allow_null=True, help_text="编号")
    region = serializers.CharField(source="region_id", read_only=True, help_text="12 位区划代码")
    state = serializers.CharField(read_only=True, help_text="状态")
    state_display = serializers.CharField(source="get_state_display", read_only=True, help_text="状态名称")
    actions = serializers.SerializerMethodField(help_text="您现在可以办理的动作")

    def get_actions(self, row: Any) -> list[str]:
        """The verbs the caller may do now: the same table that draws the buttons. Queries nothing itself."""
        flow = getattr(self.context.get("view"), "workflow", None)
        return [step.name for step in flow.offered(row, self.context["request"].user)] if flow else []


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal."""

    code = serializers.CharField(help_text="稳定的错误码")
    message = serializers.CharField(help_text="给人看的一句话")
    field = serializers.CharField(allow_null=True, help_text="有问题的字段，可为空")
    errors = serializers.ListField(
        child=serializers.DictField(), required=False, help_text="有几处问题时逐一列出，形状相同"
    )  # type: ignore[assignment]


class TokenShape(Shape):
    """Account and password."""

    username = LineField(max_length=60)
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)


class TokenSerializer(serializers.Serializer[Any]):
    """Shown once; keep it safe."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class ReferenceSerializer(serializers.ModelSerializer[Any]):
    """Reference rows: not versioned, nothing to do with them over REST, in force or ended."""

    COMMON: ClassVar[tuple[str, ...]] = RecordSerializer.COMMON

    id = serializers.CharField(source="public_id", read_only=True)
    version = serializers.IntegerField(default=1, read_only=True)
    state = serializers.SerializerMethodField(help_text="current 在用 / ended 已撤销")
    state_display = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField(default=None, read_only=True, allow_null=True)
    updated_at = serializers.DateTimeField(default=None, read_only=True, allow_null=True)
    actions = serializers.ListField(child=serializers.CharField(), default=list, read_only=True)

    def get_state(self, row: Any) -> str:
        return "ended" if row.ends_on and row.ends_on < moment.today() else "current"

    def get_state_display(self, row: Any) -> str:
        return "已撤销" if self.get_state(row) == "ended" else "在用"


class FormerNameSerializer(serializers.ModelSerializer[RegionName]):
    """A name the region bore, until `valid_to`."""

    class Meta:
        model = RegionName
        fields = ("name", "valid_from", "valid_to")


class RegionAttributeSerializer(serializers.ModelSerializer[RegionAttribute]):
    """What the region was marked as in the year."""

    kind = serializers.CharField(source="mark.code", read_only=True)
    kind_display = serializers.CharField(source="mark.name", read_only=True)

    class Meta:
        model = RegionAttribute
        fields = ("year", "kind", "kind_display")


class RegionSerializer(ReferenceSerializer):
    """`id`, `number` and `region` are the 12-digit code."""

    id = serializers.CharField(source="code", read_only=True)
    number = serializers.CharField(source="code", read_only=True)
    region = serializers.CharField(source="code", read_only=True)
    parent = serializers.CharField(source="parent_id", read_only=True, allow_null=True)  # type: ignore[assignment]
    successor = serializers.CharField(source="successor_id", read_only=True, allow_null=True)
    former_names = FormerNameSerializer(many=True, read_only=True)
    attributes = RegionAttributeSerializer(many=True, read_only=True)

    class Meta:
        model = Region
        fields = (
            *ReferenceSerializer.COMMON, "code", "name", "path_name", "level", "parent", "starts_on", "ends_on",
            "successor", "former_names", "attributes",
        )  # fmt: skip


class UnitNameSerializer(serializers.ModelSerializer[UnitAlias]):
    """Another name; with `valid_to` the unit bore it until that day."""

    class Meta:
        model = UnitAlias
        fields = ("name", "valid_to")


class UnitSerializer(ReferenceSerializer):
    """A unit; `number` is the suffix its office has in register numbers."""

    number = serializers.CharField(source="office_code", read_only=True)
    region = serializers.CharField(source="region_id", read_only=True)
    kind_display = serializers.CharField(source="get_kind_display", read_only=True)
    parent = serializers.SlugRelatedField[Unit](slug_field="public_id", read_only=True)  # type: ignore[assignment]
    successor = serializers.SlugRelatedField[Unit](slug_field="public_id", read_only=True)
    former_names = UnitNameSerializer(source="aliases", many=True, read_only=True)
    actions = serializers.SerializerMethodField()  # type: ignore[assignment]

    class Meta:
        model = Unit
        fields = (
            *ReferenceSerializer.COMMON, "name", "kind", "kind_display", "parent", "starts_on", "ends_on", "successor",
            "former_names",
        )  # fmt: skip

    get_actions = RecordSerializer.get_actions


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """A message to the caller."""

    id = serializers.CharField(source="public_id", read_only=True)
    version = serializers.IntegerField(read_only=True)
    region = serializers.CharField(default=None, read_only=True, allow_null=True)
    state = serializers.CharField(read_only=True)
    state_display = serializers.SerializerMethodField()
    updated_at = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = (*RecordSerializer.COMMON, "kind", "text", "url", "read_at")

    def get_state_display(self, row: Notification) -> str:
        return "已读" if row.read_at else "未读"

    def get_updated_at(self, row: Notification) -> datetime:
        return row.read_at or row.created_at

    def get_actions(self, row: Notification) -> list[str]:
        return [] if row.read_at else ["read"]


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file of a dossier; its bytes are at `url`."""

    id = serializers.CharField(source="public_id", read_only=True)
    number = serializers.CharField(
        source="sha256", read_only=True, help_text="存储内容的校验值；来信来访原件加密存储，为密文的校验值"
    )
    region = serializers.CharField(default=None, read_only=True, allow_null=True)
    state = serializers.SerializerMethodField(help_text="current 最新版本 / replaced 已被替换")
    state_display = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()
    name = serializers.CharField(source="original_name", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    replaces = serializers.SlugRelatedField[Attachment](slug_field="public_id", read_only=True)

    class Meta:
        model = Attachment
        fields = (
            *RecordSerializer.COMMON, "kind", "title", "name", "content_type", "size", "sha256", "original_sha256",
            "taken_at", "version_no", "replaces", "url",
        )  # fmt: skip

    def get_state(self, row: Attachment) -> str:
        return "replaced" if getattr(row, "replaced_by", None) else "current"

    def get_state_display(self, row: Attachment) -> str:
        return "已被替换" if getattr(row, "replaced_by", None) else "最新版本"

    def get_actions(self, row: Attachment) -> list[str]:
        return [] if getattr(row, "replaced_by", None) or files.own_way(row) else ["replace"]


class AuditSerializer(serializers.ModelSerializer[AuditEntry]):
    """One entry of the record. `changes` and `note` are there only for readers of the dossier itself."""

    id = serializers.CharField(source="public_id", read_only=True)
    number = serializers.CharField(source="target_number", read_only=True)
    region = serializers.CharField(source="region_code", read_only=True)
    version = serializers.IntegerField(default=1, read_only=True)
    state = serializers.CharField(default="recorded", read_only=True)
    state_display = serializers.CharField(default="已记录", read_only=True)
    created_at = serializers.DateTimeField(source="at", read_only=True)
    updated_at = serializers.DateTimeField(source="at", read_only=True)
    actions = serializers.ListField(child=serializers.CharField(), default=list, read_only=True)
    target_id = serializers.CharField(source="target_public_id", read_only=True)
    chain = serializers.SerializerMethodField(help_text="intact 完好 / broken 被改动")
    contents = serializers.SerializerMethodField(help_text="变化与意见；只见留痕者为空")

    class Meta:
        model = AuditEntry
        fields = (
            *RecordSerializer.COMMON, "target_label", "target_id", "seq", "verb", "actor_name", "actor_role", "at",
            "request_id", "chain", "contents",
        )  # fmt: skip

    def get_chain(self, entry: AuditEntry) -> str:
        return "intact" if self.context["view"].intact(entry) else "broken"

    def get_contents(self, entry: AuditEntry) -> dict[str, Any] | None:
        """Changes with their personal values put back, references left out; None for readers of the trail only."""
        return audit.told(entry) if self.context["view"].may_read(entry) else None
