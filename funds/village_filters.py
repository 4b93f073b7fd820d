"""Filters of monthly sheets, for the page and the API."""

from typing import Any

import django_filters
from django.core.validators import RegexValidator

from funds.models import LocalDuty, SheetLine, SheetState, VillageDuty, VillageSheet
from funds.services.village_duties import month_of
from povertyaudit.core import moment
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter

A_MONTH = RegexValidator(r"^(19|20)\d\d-(0[1-9]|1[0-2])\Z", "请按“年-月”填写，例如 2026-03。")
KINDS = (("complete", "报齐"), ("missed", "逾期未报"), ("gapped", "有未公开事项"), ("lacking", "缺报"))
RUNS = tuple((str(n), f"连续 {n} 个月以上") for n in range(2, 7))


class VillageSheetFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "region__path_name"), label="编号或村名")
    month = django_filters.CharFilter(
        method="of_month", max_length=7, label="月份（2026-03）", validators=[A_MONTH]
    )
    state = django_filters.ChoiceFilter(choices=SheetState.choices, label="状态", empty_label="不限")
    kind = django_filters.ChoiceFilter(choices=KINDS, method="of_kind", label="情况", empty_label="不限")
    run = django_filters.ChoiceFilter(choices=RUNS, method="of_run", label="连续缺报", empty_label="不限")
    duty = TermFilter(terms=VillageDuty.objects.all(), method="with_unpublished", label="未公开的事项")
    region = RegionFilter(field_name="region", label="地区")
    month_from = DayFilter(field_name="month", lookup_expr="gte", label="月份不早于")
    month_to = DayFilter(field_name="month", lookup_expr="lte", label="月份不晚于")

    class Meta:
        model = VillageSheet
        fields = ()

    def of_month(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(month=month_of(value))

    def of_kind(self, rows: Any, _name: str, value: str) -> Any:
        today = moment.today()
        narrowed = {
            "complete": rows.complete, "gapped": rows.gapped, "missed": lambda: rows.missed(today),
            "lacking": lambda: rows.lacking(today),
        }  # fmt: skip
        return narrowed[value]()

    def of_run(self, rows: Any, _name: str, value: str) -> Any:
        """Of each village the latest of so many months in a row."""
        return rows.last_of_runs(moment.today(), int(value))

    def with_unpublished(self, rows: Any, _name: str, value: str) -> Any:
        if not value:
            return rows
        lines = SheetLine.objects.filter(code=value, answer=SheetLine.Answer.UNPUBLISHED)
        return rows.filter(pk__in=lines.values("sheet"))


class LocalDutyFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "name"), label="编号或事项")
    state = django_filters.ChoiceFilter(choices=LocalDuty.State.choices, label="状态", empty_label="不限")
    region = RegionFilter(field_name="region", label="地区")

    class Meta:
        model = LocalDuty
        fields = ()
