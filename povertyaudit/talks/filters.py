"""One FilterSet for page and API; each figure of the board opens its rows with it."""

from typing import Any

import django_filters

from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from povertyaudit.core.models import Unit
from povertyaudit.talks.board import STANDING, standing
from povertyaudit.talks.models import Talk, TalkKind, TalkOrigin, TalkRank, TalkState
from rectification.board_filters import MainUnitFilter

ANY = "不限"


class TalkFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "name", "unit__name"), label="编号、单位或姓名")
    state = django_filters.ChoiceFilter(choices=TalkState.choices, label="状态", empty_label=ANY)
    origin = django_filters.ChoiceFilter(choices=TalkOrigin.choices, label="由来", empty_label=ANY)
    unit = MainUnitFilter(field_name="unit", queryset=Unit.objects.all(), label="单位")
    kind = django_filters.ChoiceFilter(choices=TalkKind.choices, label="对象", empty_label=ANY)
    rank = django_filters.ChoiceFilter(choices=TalkRank.choices, label="职级", empty_label=ANY)
    standing = django_filters.ChoiceFilter(
        choices=tuple(STANDING.items()), method="that_stand", label="结果", empty_label=ANY
    )
    region = RegionFilter(field_name="region", label="地区")
    group = django_filters.CharFilter(field_name="group", label="集体约谈标识")
    subject = django_filters.CharFilter(method="of_subject", label="同一对象的约谈标识")
    held_from = DayFilter(field_name="held_on", lookup_expr="gte", label="约谈不早于")
    held_to = DayFilter(field_name="held_on", lookup_expr="lte", label="约谈不晚于")

    class Meta:
        model = Talk
        fields = ()

    def that_stand(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(standing()[value])

    def of_subject(self, queryset: Any, name: str, value: str) -> Any:
        """The talks with whom the talk of this id is held with."""
        return queryset.filter(
            subject_key__in=Talk._base_manager.filter(public_id=value).values("subject_key")
        )
