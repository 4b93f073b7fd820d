"""One FilterSet per list of feedback forms and of plans, for the page and the API."""

import django_filters

from inspections.models import Feedback, RectificationPlan
from inspections.object_filters import LeftFilter, ObjectFilter
from inspections.opinion_filters import ANY, round_filter
from povertyaudit.core.filters import DayFilter, RegionFilter, WithinFilter, WordsFilter


class FeedbackFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "unit__name", "signed_name"), label="编号或单位")
    state = django_filters.ChoiceFilter(choices=Feedback.State.choices, label="状态", empty_label=ANY)
    object = ObjectFilter()
    left = LeftFilter("feedback")
    round = round_filter()
    region = RegionFilter(field_name="region", label="地区")
    told_from = DayFilter(field_name="leadership_on", lookup_expr="gte", label="反馈不早于")
    told_to = DayFilter(field_name="leadership_on", lookup_expr="lte", label="反馈不晚于")

    class Meta:
        model = Feedback
        fields = ()


class PlanFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "unit__name"), label="编号或单位")
    kind = django_filters.ChoiceFilter(choices=RectificationPlan.Kind.choices, label="类别", empty_label=ANY)
    state = django_filters.ChoiceFilter(
        choices=RectificationPlan.State.choices, label="状态", empty_label=ANY
    )
    due = WithinFilter(field_name="due_on")
    object = ObjectFilter()
    round = round_filter()
    region = RegionFilter(field_name="region", label="地区")
    submitted_from = DayFilter(field_name="submitted_on", lookup_expr="gte", label="报送不早于")
    submitted_to = DayFilter(field_name="submitted_on", lookup_expr="lte", label="报送不晚于")

    class Meta:
        model = RectificationPlan
        fields = ()
