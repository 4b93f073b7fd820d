"""Filters of cases and outcomes, for the pages and the API."""

from typing import Any

import django_filters

from cases.filters import ANY
from cases.models import Case, Form, Measure, Outcome, OutcomeKind, OutcomeState
from cases.round_filter import RoundFilter
from povertyaudit.core.filters import DayFilter, RegionFilter, WithinFilter, WordsFilter

ONCE = "counted"  # the tab that asks the same as `once`


class CaseFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "lead__number", "lead__title"), label="编号或摘要")
    filed_from = DayFilter(field_name="filed_on", lookup_expr="gte", label="立案不早于")
    filed_to = DayFilter(field_name="filed_on", lookup_expr="lte", label="立案不晚于")
    region = RegionFilter(field_name="lead__region", label="问题属地")
    round = RoundFilter("lead")

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
    once = django_filters.BooleanFilter(label="四种形态一人一次", method="each_person")
    counts = django_filters.BooleanFilter(label="此人在本件中最重的一项")
    decided = django_filters.BooleanFilter(label="已作出决定（不含建议）", method="that_stand")
    due = WithinFilter(field_name="due_on")
    decided_from = DayFilter(field_name="decided_on", lookup_expr="gte", label="决定不早于")
    decided_to = DayFilter(field_name="decided_on", lookup_expr="lte", label="决定不晚于")
    filed_from = DayFilter(field_name="lead__filed_on", lookup_expr="gte", label="立案不早于")
    filed_to = DayFilter(field_name="lead__filed_on", lookup_expr="lte", label="立案不晚于")
    to_announce = django_filters.BooleanFilter(method="of_announcing", label="须宣布的处分")
    announced_from = DayFilter(method="announced", label="宣布不早于")
    announced_to = DayFilter(method="announced", label="宣布不晚于")
    unannounced_on = DayFilter(method="unannounced", label="哪一天未宣布")
    region = RegionFilter(field_name="region", label="问题属地")
    round = RoundFilter("lead")

    class Meta:
        model = Outcome
        fields = ()

    def of_announcing(self, rows: Any, name: str, value: bool) -> Any:
        return rows.to_announce() if value else rows.exclude(pk__in=rows.to_announce().values("pk"))

    def announced(self, rows: Any, name: str, value: Any) -> Any:
        return rows.announced_in(**{"first" if name == "announced_from" else "last": value})

    def unannounced(self, rows: Any, name: str, value: Any) -> Any:
        return rows.unannounced_on(value)

    def that_stand(self, rows: Any, name: str, value: bool) -> Any:
        return rows.decided() if value else rows.exclude(pk__in=rows.decided().values("pk"))

    def each_person(self, rows: Any, name: str, value: bool) -> Any:
        """Judged in `filter_queryset`, after every other condition."""
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        """Who counts once is told among all that meet the other conditions; the form is asked of those who count."""
        said = dict(self.form.cleaned_data)
        form, once = said.pop("form"), said.pop("once") or self.data.get("tab") == ONCE
        for name, value in said.items():
            queryset = self.filters[name].filter(queryset, value)
        self.every_form = queryset
        return self.filters["form"].filter(queryset.once() if once else queryset, form)
