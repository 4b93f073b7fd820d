"""Shapes of assessments as they are read over REST."""

from typing import Any

from rest_framework import serializers

from povertyaudit.assessment.models import (
    Adjustment,
    Assessment,
    Correction,
    Score,
    ScoreLine,
    ScoreSheet,
    UnitSheet,
)
from povertyaudit.assessment.services import scoring
from povertyaudit.core.api.serializers import RecordSerializer


def opaque(source: str, **more: Any) -> serializers.CharField:
    return serializers.CharField(source=source, read_only=True, **more)


class AssessmentSerializer(RecordSerializer):
    """One assessment. Its ranking is in `unit-sheets`."""

    title = serializers.CharField(read_only=True)
    scheme = opaque("scheme.code", help_text="办法代码")
    scheme_name = opaque("scheme.name")
    rival = opaque("rival.name", default=None, help_text="本期内修改前后的另一个办法")
    judged = opaque("scheme.judged")
    opened_by = opaque("opened_by.display_name", default=None)
    decided_by = opaque("decided_by.display_name", default=None)
    signed_by = opaque("signed_by.display_name", default=None)

    class Meta:
        model = Assessment
        fields = (
            *RecordSerializer.COMMON, "title", "scheme", "scheme_name", "rival", "judged", "period", "first_day", "last_day",
            "counted_on", "opened_by", "decided_by", "decided_reason", "signed_by", "signed_on", "published_on",
        )  # fmt: skip


class ScoreLineSerializer(serializers.ModelSerializer[ScoreLine]):
    """One indicator: what was counted and the points. `hits` of `among`; sums of money in 分."""

    id = opaque("public_id")
    scheme = opaque("scheme.name")

    class Meta:
        model = ScoreLine
        fields = (
            "id",
            "scheme",
            "key",
            "name",
            "weight",
            "way",
            "measure",
            "hits",
            "among",
            "as_of",
            "points",
        )


class AdjustmentSerializer(serializers.ModelSerializer[Adjustment]):
    id = opaque("public_id")

    class Meta:
        model = Adjustment
        fields = ("id", "kind", "points", "reason")


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """What a signed line should have been."""

    line = opaque("line.key")

    class Meta:
        model = Correction
        fields = ("line", "points", "reason", "made_on")


class UnitSheetSerializer(RecordSerializer):
    """The sheet of one unit; total and place are there once it is signed."""

    state = serializers.CharField(read_only=True)
    assessment = opaque("assessment.public_id")
    assessment_title = opaque("assessment.title")
    unit = opaque("unit.name")

    class Meta:
        model = UnitSheet
        fields = (
            *RecordSerializer.COMMON, "assessment", "assessment_title", "unit", "left_out", "left_reason", "total", "place",
            "rival_total", "rival_place", "task_missed",
        )  # fmt: skip


class WholeUnitSheetSerializer(UnitSheetSerializer):
    """The sheet itself, with its lines."""

    lines = ScoreLineSerializer(many=True, read_only=True)
    adjustments = AdjustmentSerializer(many=True, read_only=True)
    corrections = CorrectionSerializer(many=True, read_only=True)

    class Meta(UnitSheetSerializer.Meta):
        fields = (*UnitSheetSerializer.Meta.fields, "lines", "adjustments", "corrections")


class ScoreSerializer(serializers.ModelSerializer[Score]):
    unit = opaque("unit_sheet.unit.name")
    indicator = opaque("key")

    class Meta:
        model = Score
        fields = ("unit", "indicator", "points")


class ScoreSheetSerializer(RecordSerializer):
    """What an office scores."""

    title = serializers.CharField(read_only=True)
    assessment = opaque("assessment.public_id")
    unit = opaque("unit.name")
    submitted_by = opaque("submitted_by.display_name", default=None)

    class Meta:
        model = ScoreSheet
        fields = (
            *RecordSerializer.COMMON,
            "title",
            "assessment",
            "unit",
            "due_on",
            "submitted_by",
            "submitted_on",
        )


class WholeScoreSheetSerializer(ScoreSheetSerializer):
    """The sheet itself: which units, which indicators, and what was given."""

    asked_units = serializers.SerializerMethodField(help_text="被评单位")
    asked_indicators = serializers.SerializerMethodField(help_text="评哪几项：代码和名称")
    scores = ScoreSerializer(many=True, read_only=True)

    class Meta(ScoreSheetSerializer.Meta):
        fields = (*ScoreSheetSerializer.Meta.fields, "asked_units", "asked_indicators", "scores")

    def get_asked_units(self, row: ScoreSheet) -> list[str]:
        return [sheet.unit.name for sheet in scoring.grid(row).sheets]

    def get_asked_indicators(self, row: ScoreSheet) -> list[list[str]]:
        return [[one.code, one.name] for one in scoring.grid(row).indicators]
