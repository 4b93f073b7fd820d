"""One FilterSet of summaries for the page and the API."""

import django_filters

from cases.models import Period, WorkSummary
from povertyaudit.core.filters import WordsFilter

ANY = "不限"


class WorkSummaryFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "text"), label="编号或正文")
    period = django_filters.ChoiceFilter(choices=Period.choices, label="类型", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=WorkSummary.State.choices, label="状态", empty_label=ANY)

    class Meta:
        model = WorkSummary
        fields = ()
