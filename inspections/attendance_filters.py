"""One FilterSet per list of village teams, for the page and the API."""

from typing import Any

import django_filters
from django.db.models import Q

from inspections.models import AttendanceMonth, VillagePerson
from inspections.services.quotas import amount
from povertyaudit.core import moment
from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from povertyaudit.core.models import Unit


class PersonFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "name"), label="编号或姓名")
    state = django_filters.ChoiceFilter(choices=VillagePerson.State.choices, label="状态", empty_label="不限")
    role = django_filters.ChoiceFilter(choices=VillagePerson.Role.choices, label="职务", empty_label="不限")
    region = RegionFilter(field_name="region", label="地区")

    class Meta:
        model = VillagePerson
        fields = ()


class AttendanceFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "person__name"), label="编号或姓名")
    state = django_filters.ChoiceFilter(
        choices=AttendanceMonth.State.choices, label="状态", empty_label="不限"
    )
    kind = django_filters.ChoiceFilter(
        choices=(("short", "天数不足"), ("absent", "查到不在岗"), ("unreported", "没有报送"), ("fine", "没有问题")),
        label="考勤情况", empty_label="不限", method="of_kind",
    )  # fmt: skip
    region = RegionFilter(field_name="region", label="地区")
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.all(), field_name="person__unit", to_field_name="public_id", label="派出单位",
        empty_label="不限",
    )  # fmt: skip
    month_from = DayFilter(field_name="month", lookup_expr="gte", label="月份不早于")
    month_to = DayFilter(field_name="month", lookup_expr="lte", label="月份不晚于")

    class Meta:
        model = AttendanceMonth
        fields = ()

    def of_kind(self, rows: Any, _name: str, value: str) -> Any:
        """By what the month shows, under the figure of today."""
        rows = rows.with_figures(amount("village_days", moment.today()))
        wanted = {
            "short": Q(lacking__gt=0), "absent": Q(absences__gt=0), "unreported": Q(days_present=None),
            "fine": Q(lacking=0, absences=0),
        }  # fmt: skip
        return rows.filter(wanted[value]) if value in wanted else rows
