"""One FilterSet for the page and the API: calls, digests."""

from typing import Any

import django_filters

from cases.filters import ANY
from cases.models import CallCategory, CallDigest, CallState, DigestState, HotlineCall
from povertyaudit.core import moment
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter
from povertyaudit.core.models import Unit


class CallFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title"), label="编号或摘要")
    state = django_filters.ChoiceFilter(choices=CallState.choices, label="状态", empty_label=ANY)
    category = TermFilter(terms=CallCategory.objects.all(), label="来电类别")
    region = RegionFilter(field_name="region", label="反映的地方")
    urgent = django_filters.BooleanFilter(label="紧急")
    unanswered = django_filters.BooleanFilter(
        field_name="answered_on", lookup_expr="isnull", label="未回复来电人"
    )
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.current(), to_field_name="public_id", label="办理单位", empty_label=ANY
    )
    received_from = DayFilter(field_name="received_at__date", lookup_expr="gte", label="来电不早于")
    received_to = DayFilter(field_name="received_at__date", lookup_expr="lte", label="来电不晚于")

    class Meta:
        model = HotlineCall
        fields = ()


class DigestFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number",), label="编号")
    state = django_filters.ChoiceFilter(choices=DigestState.choices, label="状态", empty_label=ANY)
    made_from = DayFilter(field_name="made_for__date", lookup_expr="gte", label="汇编不早于")
    made_to = DayFilter(field_name="made_for__date", lookup_expr="lte", label="汇编不晚于")

    class Meta:
        model = CallDigest
        fields = ()


def overdue(rows: Any, _user: Any) -> Any:
    return rows.overdue(moment.today())
