"""One FilterSet for the page and the API."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q

from cases.models import (
    Axis,
    Category,
    Channel,
    DispatchMode,
    IdentityStatus,
    Kind,
    Lead,
    LeadSubject,
    Method,
    OtherNumber,
    State,
    SuperiorReceipt,
)
from povertyaudit.core import few, moment
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WithinFilter, WordsFilter
from povertyaudit.core.models import Unit
from povertyaudit.core.place_filters import AttributeFilter
from povertyaudit.core.render import SOON_DAYS

ANY = "不限"


class LeadWords(WordsFilter):
    """Every word occurs in number, title, or the name or unit of a person complained of. Never the complainant."""

    def filter(self, qs: Any, value: str) -> Any:
        for word in to_halfwidth(value or "").split():
            person = LeadSubject.objects.filter(Q(name__icontains=word) | Q(unit_text__icontains=word))
            elsewhere = OtherNumber.objects.filter(number__icontains=word)
            own = Q(number__icontains=word) | Q(title__icontains=word)
            qs = qs.filter(own | few.among(person, "lead_id") | few.among(elsewhere, "lead_id"))
        return qs


class LeadWithin(WithinFilter):
    """By the clocks themselves: the column `due_on` is computed, row by row."""

    def filter(self, qs: Any, value: str) -> Any:
        today = moment.today()
        if value == "overdue":
            return qs.overdue(today)
        days = {"today": 0, "week": SOON_DAYS}
        return qs.due_within(today, today + timedelta(days=days[value])) if value in days else qs


class LeadFilter(django_filters.FilterSet):
    q = LeadWords(fields=(), label="编号、摘要或被反映人")
    state = django_filters.ChoiceFilter(choices=State.choices, label="状态", empty_label=ANY)
    due = LeadWithin()
    region = RegionFilter(field_name="region", label="问题属地")
    attribute = AttributeFilter(field_name="region_id")
    channel = django_filters.ChoiceFilter(choices=Channel.choices, label="来源渠道", empty_label=ANY)
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="类型", empty_label=ANY)
    category = TermFilter(terms=Category.objects.of_axis(Axis.CORRUPTION), label="问题类别")
    style = TermFilter(terms=Category.objects.of_axis(Axis.STYLE), label="作风问题")
    identity_status = django_filters.ChoiceFilter(
        choices=IdentityStatus.choices, label="署名情况", empty_label=ANY
    )
    dispatch_mode = django_filters.ChoiceFilter(
        choices=DispatchMode.choices, label="办理方式", empty_label=ANY
    )
    method = django_filters.ChoiceFilter(choices=Method.choices, label="处置方式", empty_label=ANY)
    handling_unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.offices(), to_field_name="public_id", label="承办部门", empty_label=ANY
    )
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="受理不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="受理不晚于")
    concluded_from = DayFilter(field_name="concluded_on", lookup_expr="gte", label="办结不早于")
    concluded_to = DayFilter(field_name="concluded_on", lookup_expr="lte", label="办结不晚于")

    class Meta:
        model = Lead
        fields = ()


class SuperiorReceiptFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "superior_receipt"), label="编号或回执号")
    state = django_filters.ChoiceFilter(choices=SuperiorReceipt.State.choices, label="状态", empty_label=ANY)
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="收到不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="收到不晚于")

    class Meta:
        model = SuperiorReceipt
        fields = ()
