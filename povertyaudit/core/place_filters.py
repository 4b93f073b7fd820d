"""Filters of regions and units, and of rows by an attribute of their region: the same words on pages and over REST."""

from typing import Any

import django_filters
from django.core.validators import RegexValidator

from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.filters import TermFilter, WordsFilter
from povertyaudit.core.models import Level, Region, RegionAttribute, RegionMark, Unit, UnitKind
from povertyaudit.core.scope import region_under

ANY = "不限"
A_CODE = RegexValidator(r"^[0-9０-９]{12}$", "区划代码应为 12 位数字。")


class AttributeFilter(TermFilter):
    """Rows whose own region bore the attribute in any year: `attribute = AttributeFilter(field_name="region_id")`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "地区属性")
        super().__init__(terms=RegionMark.objects.all(), **kwargs)

    def filter(self, qs: Any, value: str) -> Any:
        marked = RegionAttribute.objects.marked(value).values("region_id")
        return qs.filter(**{f"{self.field_name}__in": marked}) if value else qs


class NamedFilter(WordsFilter):
    """Places by any part of their path, a former name or their code."""

    def filter(self, qs: Any, value: str) -> Any:
        return qs.named(to_halfwidth(value)) if value else qs


class RegionFilterSet(django_filters.FilterSet):
    """`under` takes a 12-digit code and finds it and everything below; `attribute` and `year` hold of one and the same mark."""

    q = NamedFilter(fields=(), label="名称、曾用名或代码")
    level = django_filters.ChoiceFilter(choices=Level.choices, label="层级", empty_label=ANY)
    attribute = AttributeFilter(method="marked")
    year = django_filters.NumberFilter(
        method="marked", label="属性年度", min_value=1949, max_value=2100, decimal_places=0
    )
    under = django_filters.CharFilter(method="below", label="所属上级代码（含下级）", validators=[A_CODE])
    parent = django_filters.CharFilter(field_name="parent_id", label="上级代码", validators=[A_CODE])

    class Meta:
        model = Region
        fields = ()

    def marked(self, queryset: Any, name: str, value: Any) -> Any:
        asked = self.form.cleaned_data
        marks = RegionAttribute.objects.marked(asked.get("attribute"), asked.get("year"))
        return queryset.filter(pk__in=marks.values("region_id"))

    def below(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(region_under("code", to_halfwidth(value)))


class UnitFilterSet(django_filters.FilterSet):
    """Units by any of their names, by kind, and by a region with everything below it."""

    q = NamedFilter(fields=(), label="名称、曾用名或别名")
    kind = django_filters.ChoiceFilter(choices=UnitKind.choices, label="类别", empty_label=ANY)
    region = django_filters.CharFilter(method="in_region", label="地区代码（含下级）", max_length=12)

    class Meta:
        model = Unit
        fields = ()

    def in_region(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(region_under("region_id", to_halfwidth(value)))
