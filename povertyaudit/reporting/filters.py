"""One FilterSet of reports for the page and the API."""

import django_filters

from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from povertyaudit.reporting.models import Report, ReportKind, ReportState

ANY = "不限"


class ReportFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "text", "round__name"), label="编号、文字或轮次")
    kind = django_filters.ChoiceFilter(choices=ReportKind.choices, label="类型", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=ReportState.choices, label="状态", empty_label=ANY)
    region = RegionFilter(field_name="region", label="地区")
    ended_from = DayFilter(field_name="last_day", lookup_expr="gte", label="截止日期不早于")
    ended_to = DayFilter(field_name="last_day", lookup_expr="lte", label="截止日期不晚于")

    class Meta:
        model = Report
        fields = ()
