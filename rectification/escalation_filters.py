"""One FilterSet for the page and the API."""

from typing import Any

import django_filters
from django.db.models import Q

from povertyaudit.core import moment
from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from povertyaudit.core.models import Unit
from rectification.escalation_querysets import UNANSWERED
from rectification.filters import UnitFilter
from rectification.models.escalation import STEPS, Escalation, EscalationState

ANY = "不限"


class EscalationFilter(django_filters.FilterSet):
    q = WordsFilter(
        fields=("number", "item__number", "letter_no", "addressee__name"), label="编号、文号、事项或单位"
    )
    step = django_filters.ChoiceFilter(choices=STEPS, label="步骤", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=EscalationState.choices, label="状态", empty_label=ANY)
    unanswered = django_filters.BooleanFilter(method="by_unanswered", label="逾期未回复")
    late_reply = django_filters.BooleanFilter(field_name="reply_late", label="逾期回复")
    item = django_filters.CharFilter(method="by_item", max_length=40, label="整改事项编号")
    region = RegionFilter(field_name="region", label="地区")
    unit = UnitFilter(field_name="addressee", queryset=Unit.objects.all(), label="收函单位")
    taken_from = DayFilter(field_name="taken_on", lookup_expr="gte", label="日期不早于")
    taken_to = DayFilter(field_name="taken_on", lookup_expr="lte", label="日期不晚于")

    class Meta:
        model = Escalation
        fields = ()

    def by_item(self, rows: Any, name: str, value: str) -> Any:
        """By its number, as people type it, or its id; a choice out of all items would make the page endless."""
        return rows.filter(Q(item__number=value) | Q(item__public_id=value))

    def by_unanswered(self, rows: Any, name: str, value: bool) -> Any:
        """Letters past their time without a reply, or the others."""
        late = Q(state__in=UNANSWERED, reply_by__lt=moment.now())
        return rows.filter(late) if value else rows.exclude(late)
