"""One FilterSet for the page and the API: 反馈文件."""

import django_filters

from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from rectification.models import PaperKind, PaperState, SourcePaper

ANY = "不限"


class SourcePaperFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title", "issuer", "document"), label="编号、名称、发文机关或文号")
    kind = django_filters.ChoiceFilter(choices=PaperKind.choices, label="类别", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=PaperState.choices, label="状态", empty_label=ANY)
    region = RegionFilter(field_name="region", label="地区")
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="收到不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="收到不晚于")

    class Meta:
        model = SourcePaper
        fields = ()
