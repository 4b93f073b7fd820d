"""One FilterSet for the page and the API: bulletins, their cases and persons, their copies."""

from typing import Any

import django_filters

from cases.filters import ANY
from cases.models import (
    Bulletin,
    BulletinCase,
    BulletinChannel,
    BulletinCopy,
    BulletinPerson,
    BulletinState,
    CopyState,
)
from cases.village_reach import STANDING, standing
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter
from povertyaudit.core.models import Unit


class BulletinFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title"), label="编号或标题")
    state = django_filters.ChoiceFilter(choices=BulletinState.choices, label="状态", empty_label=ANY)
    issued_from = DayFilter(field_name="issued_on", lookup_expr="gte", label="印发不早于")
    issued_to = DayFilter(field_name="issued_on", lookup_expr="lte", label="印发不晚于")

    class Meta:
        model = Bulletin
        fields = ()


class BulletinCaseFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("bulletin__number", "place", "problem"), label="编号、地点或问题")
    issued_from = DayFilter(field_name="bulletin__issued_on", lookup_expr="gte", label="印发不早于")
    issued_to = DayFilter(field_name="bulletin__issued_on", lookup_expr="lte", label="印发不晚于")

    class Meta:
        model = BulletinCase
        fields = ()


class BulletinPersonFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("case__bulletin__number", "name", "unit_text"), label="编号、姓名或单位")
    issued_from = DayFilter(field_name="case__bulletin__issued_on", lookup_expr="gte", label="印发不早于")
    issued_to = DayFilter(field_name="case__bulletin__issued_on", lookup_expr="lte", label="印发不晚于")

    class Meta:
        model = BulletinPerson
        fields = ()


class CopyFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "bulletin__title"), label="编号或标题")
    state = django_filters.ChoiceFilter(choices=CopyState.choices, label="状态", empty_label=ANY)
    channel = TermFilter(terms=BulletinChannel.objects.all(), label="渠道")
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.current(), to_field_name="public_id", label="送达单位", empty_label=ANY
    )
    region = RegionFilter(field_name="region", label="地区")
    bulletin = django_filters.ModelChoiceFilter(
        queryset=Bulletin.objects.all(), to_field_name="public_id", label="通报", empty_label=ANY
    )
    standing = django_filters.ChoiceFilter(
        choices=tuple(STANDING.items()), method="that_stand", label="到村情况", empty_label=ANY
    )

    class Meta:
        model = BulletinCopy
        fields = ()

    def that_stand(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(standing()[value])
