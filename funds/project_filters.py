"""Filters of allocations and projects, for the pages and the API."""

from typing import Any

import django_filters
from django.db.models import F, Q

from funds.areas import area_range
from funds.models import Allocation, FundingLine, FundKind, FundLevel, Project, ProjectDouble, ProjectKind
from funds.progress import STANDING, conditions
from funds.services.notice_rules import gaps_in
from povertyaudit.core import moment
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsBesideFilter, WordsFilter


class AllocationFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title", "paper_no"), label="编号、名称或文号")
    state = django_filters.ChoiceFilter(choices=Allocation.State.choices, label="状态", empty_label="不限")
    level = django_filters.ChoiceFilter(choices=FundLevel.choices, label="资金级别", empty_label="不限")
    fund_kind = TermFilter(terms=FundKind.objects.all(), label="资金种类")
    year = django_filters.NumberFilter(label="预算年度", min_value=1949, max_value=2100)
    region = RegionFilter(field_name="region", label="地区")
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="收到不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="收到不晚于")

    class Meta:
        model = Allocation
        fields = ()


LATE = (
    ("start", "到计划开工日期没有开工"),
    ("end", "到计划完工日期没有完工"),
)


def late(rows: Any, kind: str) -> Any:
    """Projects past a planned day that has not come true."""
    today = moment.today()
    if kind == "start":
        return rows.filter(
            state__in=("stored", "review", "approved", "stalled"), started_on=None, plan_start__lt=today
        )
    return rows.filter(
        state__in=("approved", "stalled", "started", "review"), completed_on=None, plan_end__lt=today
    )


class ProjectFilter(django_filters.FilterSet):
    q = WordsBesideFilter(
        fields=("number", "title", "contractor", "approval_no"),
        beside={"responsible_unit": ("name",)},
        label="编号、名称、单位或文号",
    )
    state = django_filters.ChoiceFilter(choices=Project.State.choices, label="状态", empty_label="不限")
    kind = TermFilter(terms=ProjectKind.objects.all(), label="项目类别")
    year = django_filters.NumberFilter(label="计划年度", min_value=1949, max_value=2100)
    region = RegionFilter(field_name="region", label="建设地点")
    level = django_filters.ChoiceFilter(
        choices=FundLevel.choices, label="资金级别", empty_label="不限", method="of_level"
    )
    fund_kind = TermFilter(terms=FundKind.objects.all(), label="资金种类", method="of_fund_kind")
    area = django_filters.CharFilter(method="in_area", label="地区（代码前 6、9 位或者 12 位）")
    allocation = django_filters.ModelChoiceFilter(
        queryset=Allocation.objects.all(), to_field_name="public_id", label="下达文件", method="of_allocation",
        empty_label="不限",
    )  # fmt: skip
    late = django_filters.ChoiceFilter(
        choices=LATE, label="进度滞后", empty_label="不限", method="that_are_late"
    )
    standing = django_filters.ChoiceFilter(
        choices=tuple(STANDING.items()), label="进展", empty_label="不限", method="that_stand"
    )
    suspected = django_filters.BooleanFilter(label="有疑似重复未答复", method="with_doubles")
    notices = django_filters.BooleanFilter(label="公示不全", method="with_notices_lacking")
    stored_from = DayFilter(field_name="stored_on", lookup_expr="gte", label="入库不早于")
    stored_to = DayFilter(field_name="stored_on", lookup_expr="lte", label="入库不晚于")
    funded = django_filters.BooleanFilter(label="已安排资金", method="with_money")
    unpaid = django_filters.BooleanFilter(label="资金没有拨完", method="with_money_left")

    class Meta:
        model = Project
        fields = ()

    def of_level(self, queryset: Any, name: str, value: str) -> Any:
        lines = FundingLine.objects.filter(allocation__level=value)
        return queryset.filter(pk__in=lines.values("project"))

    def of_fund_kind(self, queryset: Any, name: str, value: str) -> Any:
        """Of this kind — and, where a level is asked for as well, both of the same source."""
        lines = FundingLine.objects.filter(allocation__fund_kind__code=value)
        if level := self.form.cleaned_data.get("level"):
            lines = lines.filter(allocation__level=level)
        return queryset.filter(pk__in=lines.values("project"))

    def in_area(self, queryset: Any, name: str, value: str) -> Any:
        """Exactly of this village, of this township or the county itself, or anywhere in this county."""
        return queryset.filter(area_range("region_id", value))

    def of_allocation(self, queryset: Any, name: str, value: Allocation) -> Any:
        return queryset.filter(pk__in=value.lines.values("project"))

    def that_are_late(self, queryset: Any, name: str, value: str) -> Any:
        return late(queryset, value)

    def that_stand(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(conditions()[value])

    def with_doubles(self, queryset: Any, name: str, value: bool) -> Any:
        open_ones = Q(pk__in=ProjectDouble.objects.open().values("project"))
        return queryset.filter(open_ones if value else ~open_ones)

    def with_money(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.filter(funded_fen__gt=0) if value else queryset.filter(funded_fen=0)

    def with_notices_lacking(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.filter(gaps_in() if value else ~gaps_in())

    def with_money_left(self, queryset: Any, name: str, value: bool) -> Any:
        left = Q(paid_fen__lt=F("funded_fen"))
        return queryset.filter(left if value else ~left)
