"""One FilterSet per book of the registry, for the page and the API."""

import django_filters

from cases.models import Batch
from povertyaudit.core.filters import DayFilter, WithinFilter, WordsFilter

ANY = "不限"


class BatchFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title", "sender", "sender_number"), label="编号、名称或交办单位")
    state = django_filters.ChoiceFilter(choices=Batch.State.choices, label="状态", empty_label=ANY)
    due = WithinFilter(field_name="due_on")
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="收到不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="收到不晚于")

    class Meta:
        model = Batch
        fields = ()
