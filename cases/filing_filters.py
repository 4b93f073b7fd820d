"""Filters of cases and outcomes, for the pages and the API."""

import django_filters

from cases.filters import ANY
from cases.models import Case, Form, Measure, Outcome, OutcomeKind, OutcomeState
from povertyaudit.core.filters import DayFilter, RegionFilter, WithinFilter, WordsFilter


class CaseFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "lead__number", "lead__title"), label="编号或摘要")
    filed_from = DayFilter(field_name="filed_on", lookup_expr="gte", label="立案不早于")
    filed_to = DayFilter(field_name="filed_on", lookup_expr="lte", label="立案不晚于")
    region = RegionFilter(field_name="lead__region", label="问题属地")

    class Meta:
        model = Case
        fields = ()


class OutcomeFilter(django_filters.FilterSet):
    q = WordsFilter(
        fields=("number", "subject__name", "document_number", "lead__number"), label="编号、姓名或文号"
    )
    state = django_filters.ChoiceFilter(choices=OutcomeState.choices, label="状态", empty_label=ANY)
    kind = django_filters.ChoiceFilter(choices=OutcomeKind.choices, label="类别", empty_label=ANY)
    measure = django_filters.ChoiceFilter(choices=Measure.choices, label="处理", empty_label=ANY)
    form = django_filters.ChoiceFilter(choices=Form.choices, label="四种形态", empty_label=ANY)
    counts = django_filters.BooleanFilter(label="计入四种形态（一人一次）")
    due = WithinFilter(field_name="due_on")
    decided_from = DayFilter(field_name="decided_on", lookup_expr="gte", label="决定不早于")
    decided_to = DayFilter(field_name="decided_on", lookup_expr="lte", label="决定不晚于")
    filed_from = DayFilter(field_name="lead__filed_on", lookup_expr="gte", label="立案不早于")
    filed_to = DayFilter(field_name="lead__filed_on", lookup_expr="lte", label="立案不晚于")
    region = RegionFilter(field_name="region", label="问题属地")

    class Meta:
        model = Outcome
        fields = ()
