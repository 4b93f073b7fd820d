"""One FilterSet per list, for the page and the API."""

from typing import Any

import django_filters

from inspections.models import (
    Campaign,
    CampaignLead,
    Finding,
    InspectionTerm,
    PoolPerson,
    Round,
    RoundObject,
    Stage,
    Team,
)
from inspections.object_filters import LeftFilter, ObjectFilter
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter


class RoundFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "name"), label="编号或名称")
    state = django_filters.ChoiceFilter(choices=Round.State.choices, label="状态", empty_label="不限")
    kind = django_filters.ChoiceFilter(choices=Round.Kind.choices, label="监督方式", empty_label="不限")
    body_kind = django_filters.ChoiceFilter(
        choices=Round.Body.choices, label="组织实施单位类别", empty_label="不限"
    )
    session = django_filters.NumberFilter(
        field_name="session", label="届次", min_value=1, max_value=99, decimal_places=0
    )
    campaign = django_filters.ModelChoiceFilter(
        queryset=Campaign.objects.all(), to_field_name="public_id", label="专题", empty_label="不限"
    )
    parent = django_filters.ModelChoiceFilter(
        queryset=Round.objects.all(), to_field_name="public_id", label="上级轮次", empty_label="不限"
    )
    region = RegionFilter(field_name="region", label="地区")
    starts_from = DayFilter(field_name="starts_on", lookup_expr="gte", label="进驻不早于")
    starts_to = DayFilter(field_name="starts_on", lookup_expr="lte", label="进驻不晚于")

    class Meta:
        model = Round
        fields = ()


class FindingFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "problem_class", "aspect", "text"), label="编号或内容")
    state = django_filters.ChoiceFilter(choices=Finding.State.choices, label="状态", empty_label="不限")
    round = django_filters.ModelChoiceFilter(
        queryset=Round.objects.all(), to_field_name="public_id", label="巡察轮次", empty_label="不限"
    )
    problem_class = TermFilter(
        field_name="class_term",
        terms=InspectionTerm.objects.filter(axis=InspectionTerm.Axis.PROBLEM_CLASS),
        label="问题大类",
    )
    category = TermFilter(
        terms=InspectionTerm.objects.filter(axis=InspectionTerm.Axis.CATEGORY), label="问题类别"
    )
    object = ObjectFilter()
    left = LeftFilter("finding")
    campaign = django_filters.ModelChoiceFilter(
        field_name="round__campaign", queryset=Campaign.objects.all(), to_field_name="public_id", label="专题",
        empty_label="不限",
    )  # fmt: skip
    point = WordsFilter(fields=("point__text",), label="专题要点")
    immediate = django_filters.BooleanFilter(label="立行立改")
    standing = django_filters.BooleanFilter(method="that_stand", label="没有撤回的")
    region = RegionFilter(field_name="region", label="地区")
    found_from = DayFilter(field_name="found_on", lookup_expr="gte", label="发现不早于")
    found_to = DayFilter(field_name="found_on", lookup_expr="lte", label="发现不晚于")

    class Meta:
        model = Finding
        fields = ()

    def that_stand(self, rows: Any, name: str, value: bool) -> Any:
        withdrawn = Finding.State.WITHDRAWN
        return rows.exclude(state=withdrawn) if value else rows.filter(state=withdrawn)


class RoundObjectFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("name",), label="对象名称")
    round = django_filters.ModelChoiceFilter(
        queryset=Round.objects.all(), to_field_name="public_id", label="轮次", empty_label="不限"
    )
    state = django_filters.ChoiceFilter(choices=RoundObject.State.choices, label="状态", empty_label="不限")
    kind = django_filters.ChoiceFilter(choices=RoundObject.Kind.choices, label="对象类别", empty_label="不限")
    team = django_filters.ModelChoiceFilter(
        queryset=Team.objects.select_related("round"),
        to_field_name="public_id",
        label="巡察组",
        empty_label="不限",
    )
    region = RegionFilter(field_name="region", label="地区")
    starts_from = DayFilter(field_name="round__starts_on", lookup_expr="gte", label="轮次进驻不早于")
    starts_to = DayFilter(field_name="round__starts_on", lookup_expr="lte", label="轮次进驻不晚于")

    class Meta:
        model = RoundObject
        fields = ()


class CampaignFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "name", "theme"), label="编号、名称或主题")
    state = django_filters.ChoiceFilter(choices=Campaign.State.choices, label="状态", empty_label="不限")
    year = django_filters.NumberFilter(label="年度", min_value=1949, max_value=2100, decimal_places=0)
    region = RegionFilter(field_name="region", label="地区")

    class Meta:
        model = Campaign
        fields = ()


class CampaignLeadFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("lead__number", "lead__title"), label="线索编号或内容")
    campaign = django_filters.ModelChoiceFilter(
        queryset=Campaign.objects.all(), to_field_name="public_id", label="专题", empty_label="不限"
    )
    stage = django_filters.ChoiceFilter(
        choices=Stage.choices, label="办理到", empty_label="不限", method="as_far_as"
    )
    point = WordsFilter(fields=("point__text",), label="专题要点")

    class Meta:
        model = CampaignLead
        fields = ()

    def as_far_as(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.at(value, self.request.user)


class PoolFilter(django_filters.FilterSet):
    q = WordsFilter(
        fields=("user__person__name", "name", "post_title", "home_unit__name", "skills"),
        label="姓名、单位或专长",
    )
    state = django_filters.ChoiceFilter(choices=PoolPerson.State.choices, label="状态", empty_label="不限")

    class Meta:
        model = PoolPerson
        fields = ()
