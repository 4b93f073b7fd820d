"""One FilterSet per list of what rounds hand on, for the page and the API."""

from typing import Any

import django_filters

from inspections.models import ImmediateNotice, Opinion, Round, RoundPaper
from inspections.object_filters import LeftFilter, ObjectFilter
from povertyaudit.core.filters import DayFilter, RegionFilter, WithinFilter, WordsFilter

ANY = "不限"


def round_filter(path: str = "round") -> Any:
    return django_filters.ModelChoiceFilter(
        field_name=path,
        queryset=Round.objects.all(),
        to_field_name="public_id",
        label="轮次",
        empty_label=ANY,
    )


class OpinionFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "text", "unit__name"), label="编号、内容或单位")
    kind = django_filters.ChoiceFilter(choices=Opinion.Kind.choices, label="意见类别", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=Opinion.State.choices, label="状态", empty_label=ANY)
    due = WithinFilter(field_name="due_on", label="答复期限")
    object = ObjectFilter()
    left = LeftFilter("opinion")
    round = round_filter()
    region = RegionFilter(field_name="region", label="地区")
    standing = django_filters.BooleanFilter(method="that_stand", label="没有撤销的")
    sent_from = DayFilter(field_name="sent_on", lookup_expr="gte", label="发出不早于")
    sent_to = DayFilter(field_name="sent_on", lookup_expr="lte", label="发出不晚于")

    class Meta:
        model = Opinion
        fields = ()

    def that_stand(self, rows: Any, name: str, value: bool) -> Any:
        withdrawn = Opinion.State.WITHDRAWN
        return rows.exclude(state=withdrawn) if value else rows.filter(state=withdrawn)


class NoticeFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "text", "unit__name"), label="编号、问题或单位")
    state = django_filters.ChoiceFilter(choices=ImmediateNotice.State.choices, label="状态", empty_label=ANY)
    due = WithinFilter(field_name="due_on", label="整改期限")
    object = ObjectFilter()
    left = LeftFilter("notice")
    round = round_filter()
    region = RegionFilter(field_name="region", label="地区")
    issued_from = DayFilter(field_name="issued_on", lookup_expr="gte", label="发出不早于")
    issued_to = DayFilter(field_name="issued_on", lookup_expr="lte", label="发出不晚于")

    class Meta:
        model = ImmediateNotice
        fields = ()


class PaperFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("title", "document"), label="标题或文号")
    kind = django_filters.ChoiceFilter(choices=RoundPaper.Kind.choices, label="文书类别", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=RoundPaper.State.choices, label="状态", empty_label=ANY)
    round = round_filter()
    dated_from = DayFilter(field_name="dated", lookup_expr="gte", label="日期不早于")
    dated_to = DayFilter(field_name="dated", lookup_expr="lte", label="日期不晚于")

    class Meta:
        model = RoundPaper
        fields = ()
