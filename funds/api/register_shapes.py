"""A register as machines name and read it."""

from rest_framework import serializers

from funds.models import Register, RegisterKind
from povertyaudit.core.api.fields import DayField, LineField, TermField, UnitField
from povertyaudit.core.api.serializers import NoteShape, RecordSerializer


class RegisterSerializer(RecordSerializer):
    """One register. Its people: `beneficiaries/?register=`; lines not taken: `register-refusals/?register=`."""

    kind = serializers.CharField(source="kind.code", read_only=True)
    kind_display = serializers.CharField(source="kind.name", read_only=True)
    source_unit = serializers.CharField(source="source_unit.name", default=None, read_only=True)
    loaded_by = serializers.CharField(source="loaded_by.display_name", read_only=True)
    causes = serializers.DictField(
        child=serializers.IntegerField(), read_only=True, help_text="没有载入的行数，按原因"
    )

    class Meta:
        model = Register
        fields = (
            *RecordSerializer.COMMON, "kind", "kind_display", "as_of", "part", "source_unit", "file_name", "file_digest",
            "loaded_by", "read_count", "kept_count", "refused_count", "causes", "marks_year", "failure",
        )  # fmt: skip


class RegisterHeadShape(NoteShape):
    kind = TermField(
        queryset=RegisterKind.objects.all(), help_text="名册种类代码（terms/?list=register_kinds）"
    )
    as_of = DayField(help_text="截止日期")
    part = LineField(required=False, allow_blank=True, max_length=20, help_text="分册")
    source_unit = UnitField(required=False, help_text="提供单位")
