"""Filters of registers, their rows and the yearly marks, for the pages and the API."""

from typing import Any

import django_filters
from django_filters.fields import ModelChoiceField

from funds.models import Beneficiary, HouseholdMark, Register, RegisterKind, RegisterRefusal
from funds.models.marks import NEED_WORDS
from funds.models.registers import COLUMNS, Cause
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter

YES_NO = (("yes", "达到"), ("no", "没有达到"), ("unsaid", "没有填"))
IS = (("true", "是"), ("false", "否"))
SAID = {"yes": True, "no": False, "unsaid": None}


class RegisterFilter(django_filters.FilterSet):
    q = WordsFilter(
        fields=("number", "part", "file_name", "source_unit__name"), label="编号、分册、文件或单位"
    )
    state = django_filters.ChoiceFilter(choices=Register.State.choices, label="状态", empty_label="不限")
    kind = TermFilter(terms=RegisterKind.objects.all(), label="名册种类")
    region = RegionFilter(field_name="region", label="地区")
    as_of_from = DayFilter(field_name="as_of", lookup_expr="gte", label="截止日期不早于")
    as_of_to = DayFilter(field_name="as_of", lookup_expr="lte", label="截止日期不晚于")

    class Meta:
        model = Register
        fields = ()


class RegisterChoice(ModelChoiceField):
    """By what it is, not by its number alone."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.kind.name}{obj.part}（{obj.as_of}）"


class RegisterChoiceFilter(django_filters.ModelChoiceFilter):
    field_class = RegisterChoice


class OfRegister(django_filters.FilterSet):
    """Rows of one register: without one there are none, so that nobody pages through a province."""

    register = RegisterChoiceFilter(
        queryset=Register.objects.select_related("kind").order_by("-pk"),
        to_field_name="public_id",
        label="名册",
        empty_label="请选择",
    )

    def filter_queryset(self, queryset: Any) -> Any:
        if not self.form.cleaned_data.get("register"):
            return queryset.none()
        return super().filter_queryset(queryset)


class BeneficiaryFilter(OfRegister):
    region = RegionFilter(field_name="region", label="乡镇或村")
    household = django_filters.CharFilter(field_name="household_no", max_length=30, label="户编号")

    class Meta:
        model = Beneficiary
        fields = ()


class RefusalFilter(OfRegister):
    cause = django_filters.ChoiceFilter(
        choices=[(one.value, str(one.label)[:18]) for one in Cause], label="原因", empty_label="不限"
    )
    column = django_filters.ChoiceFilter(choices=tuple(COLUMNS.items()), label="列", empty_label="不限")

    class Meta:
        model = RegisterRefusal
        fields = ()


class IsFilter(django_filters.ChoiceFilter):
    """Whether something is so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=IS, empty_label="不限", **kwargs)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(**{self.field_name: value == "true"}) if value else qs


class MarkFilter(django_filters.FilterSet):
    region = RegionFilter(field_name="region", label="地区")
    year = django_filters.NumberFilter(label="年度", min_value=2000, max_value=2100)
    exit = django_filters.ChoiceFilter(
        choices=HouseholdMark.Exit.choices, label="脱贫状态", empty_label="不限"
    )
    lost = IsFilter(label="比上年减少或者返贫")
    changed = IsFilter(label="比上年有变化")
    household = django_filters.CharFilter(field_name="household_no", max_length=30, label="户编号")

    class Meta:
        model = HouseholdMark
        fields = ()


class NeedFilter(django_filters.ChoiceFilter):
    """Households that meet a need, do not, or of which nothing is said."""

    def __init__(self, need: str, label: str) -> None:
        super().__init__(choices=YES_NO, label=label, empty_label="不限", field_name=need)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(**{self.field_name: SAID[value]}) if value else qs


MarkFilter.base_filters |= {need: NeedFilter(need, words) for need, words in NEED_WORDS.items()}
