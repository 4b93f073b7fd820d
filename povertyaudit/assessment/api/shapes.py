"""What is sent about assessments."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from povertyaudit.assessment.counting import CATALOGUE
from povertyaudit.assessment.models import Adjustment, AssessmentScheme, Judged, ScoreLine, Way
from povertyaudit.assessment.services.deciding import FIRST_DAY, LAST_DAY
from povertyaudit.assessment.spans import PeriodKind
from povertyaudit.core.api.fields import (
    CodeField,
    DayField,
    LineField,
    NumberField,
    ProseField,
    RegionField,
    ScopedRelatedField,
    TermField,
    UnitField,
)
from povertyaudit.core.api.serializers import NoteShape, Shape


class PointsField(serializers.DecimalField):
    """Points with at most two decimals, as a string or a number."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "max_digits": 6, "decimal_places": 2, "min_value": Decimal(0), "max_value": Decimal(100)
        }  # fmt: skip
        super().__init__(**(usual | options))


class IndicatorShape(Shape):
    code = CodeField(max_length=30, help_text="代码")
    name = LineField(max_length=50, help_text="指标")
    weight = NumberField(min_value=1, max_value=100, help_text="权重，各项合计 100")
    way = serializers.ChoiceField(choices=Way.choices, help_text="得分方式")
    measure = serializers.ChoiceField(
        choices=sorted(CATALOGUE), required=False, allow_blank=True, help_text="计数口径，按台账计数的填"
    )
    full_at = NumberField(required=False, max_value=1_000_000, help_text="得满分的数")
    zero_at = NumberField(required=False, max_value=1_000_000, help_text="得 0 分的数")
    per_case = PointsField(required=False, allow_null=True, help_text="或者每件扣几分")
    scorers = serializers.ListField(child=UnitField(), required=False, max_length=50, help_text="评分单位")


class SchemeShape(NoteShape):
    code = CodeField(max_length=30, help_text="代码；现有办法的代码就是修改那个办法")
    name = LineField(max_length=50, help_text="办法名称")
    region = RegionField(help_text="地区的 12 位代码")
    judged = serializers.ChoiceField(choices=Judged.choices, help_text="考核对象")
    period = serializers.ChoiceField(choices=PeriodKind.choices, help_text="考核周期")
    adjust_most = NumberField(required=False, max_value=20, help_text="加减分合计不超过，不填为 5")
    anchor = LineField(max_length=200, required=False, allow_blank=True, help_text="依据")
    valid_from = DayField(help_text="自哪一天起")
    indicators = serializers.ListField(child=IndicatorShape(), max_length=30, help_text="指标")


class OpenShape(NoteShape):
    scheme = TermField(queryset=AssessmentScheme.objects.all(), help_text="考核办法的代码")
    day = DayField(help_text="这一期里的任何一天")


class DecideSchemeShape(NoteShape):
    which = serializers.ChoiceField(
        choices=((LAST_DAY, "最后一天施行的"), (FIRST_DAY, "第一天施行的")), help_text="以哪个办法为准"
    )


class AdjustShape(NoteShape):
    kind = serializers.ChoiceField(choices=Adjustment.Kind.choices, help_text="种类")
    points = PointsField(required=False, allow_null=True, max_value=Decimal(20), help_text="分值，加减分的填")
    reason = LineField(max_length=500, help_text="事由")


class WithdrawShape(NoteShape):
    adjustment = ScopedRelatedField(
        queryset=Adjustment.objects.all(), help_text="加减分的标识，或者它是第几条"
    )


class CorrectPointsShape(Shape):
    line = ScopedRelatedField(queryset=ScoreLine.objects.all(), help_text="指标得分的标识，或者它是第几项")
    points = PointsField(help_text="应得分")
    note = ProseField(max_length=500, help_text="理由")


class ScoreShape(Shape):
    unit = UnitField(help_text="被评单位")
    indicator = CodeField(max_length=30, help_text="指标代码")
    points = PointsField(allow_null=True, help_text="0 至 100；空为不评")


class ScoresShape(NoteShape):
    scores = serializers.ListField(child=ScoreShape(), max_length=2000, help_text="评分，可以只填一部分")
