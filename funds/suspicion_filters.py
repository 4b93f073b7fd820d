"""One FilterSet per list of data matching, for the page and the API."""

from typing import Any

import django_filters

from funds.models import Excuse, MatchList, MatchTerm, Suspicion
from funds.suspicion_board import STANDING, of_leads, standing
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter

RULES, SOURCES, COMPARED = (MatchTerm.objects.filter(kind=kind) for kind in ("rule", "source", "compared"))


class MatchListFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "platform"), label="编号或来源平台")
    state = django_filters.ChoiceFilter(choices=MatchList.State.choices, label="状态", empty_label="不限")
    rule = TermFilter(terms=RULES, label="比对规则")
    source = TermFilter(terms=SOURCES, label="源数据")
    compared = TermFilter(terms=COMPARED, label="比对数据")
    region = RegionFilter(field_name="region", label="地区")
    reported = django_filters.BooleanFilter(
        field_name="reported_rows", lookup_expr="isnull", exclude=True, label="有上报数"
    )

    class Meta:
        model = MatchList
        fields = ()


class SuspicionFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "match_list__number", "region__name"), label="编号、清单编号或村")
    state = django_filters.ChoiceFilter(choices=Suspicion.State.choices, label="状态", empty_label="不限")
    rule = TermFilter(field_name="match_list__rule", terms=RULES, label="比对规则")
    region = RegionFilter(field_name="region", label="乡镇或村")
    excuse = TermFilter(terms=Excuse.objects.all(), label="排除理由")
    source = TermFilter(field_name="match_list__source", terms=SOURCES, label="源数据")
    compared = TermFilter(field_name="match_list__compared", terms=COMPARED, label="比对数据")
    department = django_filters.CharFilter(
        field_name="match_list__compared__department", label="数据来源部门"
    )
    match_list = django_filters.ModelChoiceFilter(
        queryset=MatchList.objects.all(), to_field_name="public_id", label="比对清单", empty_label="不限"
    )
    standing = django_filters.ChoiceFilter(
        choices=tuple(STANDING.items()), method="that_stand", label="进展", empty_label="不限"
    )
    came_of = django_filters.ChoiceFilter(
        choices=(("filed", "已立案"), ("handled", "已组织处理")), method="that_came_of", label="转办结果", empty_label="不限"
    )  # fmt: skip
    checked_from = DayFilter(field_name="desk_on", lookup_expr="gte", label="案头核查不早于")
    checked_to = DayFilter(field_name="desk_on", lookup_expr="lte", label="案头核查不晚于")

    class Meta:
        model = Suspicion
        fields = ()

    def that_stand(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(standing()[value])

    def that_came_of(self, queryset: Any, name: str, value: str) -> Any:
        """By leads this person may know of; of others nothing is said."""
        return queryset.filter(of_leads(self.request.user)[value])
