"""One FilterSet per list, for the page and the API."""

import django_filters

from povertyaudit.assessment.models import (
    Assessment,
    AssessmentMeasure,
    AssessmentState,
    Judged,
    MeasureKind,
    MeasureState,
    ScoreSheet,
    ScoreSheetState,
    UnitSheet,
)
from povertyaudit.assessment.spans import PeriodKind
from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from povertyaudit.core.models import Unit
from rectification.board_filters import MainUnitFilter

ANY = "不限"


class AssessmentFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "scheme__name"), label="编号或办法名称")
    state = django_filters.ChoiceFilter(choices=AssessmentState.choices, label="状态", empty_label=ANY)
    judged = django_filters.ChoiceFilter(
        field_name="scheme__judged", choices=Judged.choices, label="考核对象", empty_label=ANY
    )
    period = django_filters.ChoiceFilter(choices=PeriodKind.choices, label="考核周期", empty_label=ANY)
    region = RegionFilter(field_name="region", label="地区")
    ended_from = DayFilter(field_name="last_day", lookup_expr="gte", label="考核期止不早于")
    ended_to = DayFilter(field_name="last_day", lookup_expr="lte", label="考核期止不晚于")

    class Meta:
        model = Assessment
        fields = ()


class UnitSheetFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "unit__name", "assessment__number"), label="编号、考核编号或单位")
    unit = MainUnitFilter(field_name="unit", queryset=Unit.objects.all(), label="单位")
    state = django_filters.ChoiceFilter(
        field_name="assessment__state", choices=AssessmentState.choices, label="状态", empty_label=ANY
    )
    assessment = django_filters.ModelChoiceFilter(
        queryset=Assessment.objects.all(), to_field_name="public_id", label="考核", empty_label=ANY
    )
    below = django_filters.NumberFilter(
        field_name="total", lookup_expr="lt", label="得分低于", min_value=0, max_value=120
    )
    region = RegionFilter(field_name="unit__region", label="单位所在地区")

    class Meta:
        model = UnitSheet
        fields = ()


class ScoreSheetFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "unit__name", "assessment__number"), label="编号、考核编号或单位")
    state = django_filters.ChoiceFilter(choices=ScoreSheetState.choices, label="状态", empty_label=ANY)
    assessment = django_filters.ModelChoiceFilter(
        queryset=Assessment.objects.all(), to_field_name="public_id", label="考核", empty_label=ANY
    )
    region = RegionFilter(field_name="region", label="地区")

    class Meta:
        model = ScoreSheet
        fields = ()


class MeasureFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "unit__name", "assessment__number"), label="编号、考核编号或单位")
    state = django_filters.ChoiceFilter(choices=MeasureState.choices, label="状态", empty_label=ANY)
    proposal = django_filters.ChoiceFilter(choices=MeasureKind.choices, label="建议", empty_label=ANY)
    unit = MainUnitFilter(field_name="unit", queryset=Unit.objects.all(), label="单位")
    assessment = django_filters.ModelChoiceFilter(
        queryset=Assessment.objects.all(), to_field_name="public_id", label="考核", empty_label=ANY
    )
    region = RegionFilter(field_name="region", label="地区")

    class Meta:
        model = AssessmentMeasure
        fields = ()
