"""One FilterSet per list of look-backs, for the page and the API; each figure of the board opens its rows with it."""

from typing import Any

import django_filters

from inspections.models import Campaign, Round
from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from povertyaudit.core.models import Person, Unit
from rectification.board_filters import MainUnitFilter
from rectification.look_back_board import STANDING, standing
from rectification.models import KINDS, LookBack, LookBackCheck, LookBackOrigin, LookBackState

ANY = "不限"


class LookBackFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title"), label="编号或名称")
    state = django_filters.ChoiceFilter(choices=LookBackState.choices, label="状态", empty_label=ANY)
    origin = django_filters.ChoiceFilter(choices=LookBackOrigin.choices, label="范围", empty_label=ANY)
    round = django_filters.ModelChoiceFilter(
        queryset=Round.objects.all(), to_field_name="public_id", label="巡察轮次", empty_label=ANY
    )
    campaign = django_filters.ModelChoiceFilter(
        queryset=Campaign.objects.all(), to_field_name="public_id", label="专项行动", empty_label=ANY
    )
    region = RegionFilter(field_name="region", label="地区")
    starts_from = DayFilter(field_name="starts_on", lookup_expr="gte", label="开始不早于")
    starts_to = DayFilter(field_name="starts_on", lookup_expr="lte", label="开始不晚于")

    class Meta:
        model = LookBack
        fields = ()


class LookBackCheckFilter(django_filters.FilterSet):
    q = WordsFilter(
        fields=("plan__number", "plan__title", "item__number", "unit__name"), label="计划、事项编号或单位"
    )
    state = django_filters.ChoiceFilter(choices=LookBackCheck.State.choices, label="状态", empty_label=ANY)
    unit = MainUnitFilter(field_name="unit", queryset=Unit.objects.all(), label="责任单位")
    kind = django_filters.ChoiceFilter(choices=KINDS, label="来源", empty_label=ANY)
    ground = django_filters.ChoiceFilter(
        choices=LookBackCheck.Ground.choices, label="抽取依据", empty_label=ANY
    )
    region = RegionFilter(field_name="region", label="地区")
    plan = django_filters.ModelChoiceFilter(
        queryset=LookBack.objects.all(), to_field_name="public_id", label="回头看计划", empty_label=ANY
    )
    standing = django_filters.ChoiceFilter(
        choices=tuple(STANDING.items()), method="that_stand", label="结果", empty_label=ANY
    )
    signer = django_filters.CharFilter(method="signed_by", label="复核（经办）人标识")
    visited_from = DayFilter(field_name="visited_on", lookup_expr="gte", label="核查不早于")
    visited_to = DayFilter(field_name="visited_on", lookup_expr="lte", label="核查不晚于")

    class Meta:
        model = LookBackCheck
        fields = ()

    def that_stand(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(standing()[value])

    def signed_by(self, queryset: Any, name: str, value: str) -> Any:
        """By the opaque id of the person, or `none`."""
        if value == "none":
            return queryset.filter(signer=None)
        return queryset.filter(signer__in=Person.objects.filter(public_id=value).values("pk"))
