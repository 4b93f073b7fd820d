"""One FilterSet each for the page and the API."""

import django_filters

from cases.models import Clarification, EndingTerm, FalseAccusation
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WordsFilter

ANY = "不限"


class ClarificationFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "lead__number", "subject__name"), label="编号、线索编号或被反映人")
    state = django_filters.ChoiceFilter(choices=Clarification.State.choices, label="状态", empty_label=ANY)
    way = TermFilter(terms=EndingTerm.objects.clearings(), label="澄清方式")
    region = RegionFilter(field_name="region", label="地区")
    done_from = DayFilter(field_name="done_on", lookup_expr="gte", label="澄清不早于")
    done_to = DayFilter(field_name="done_on", lookup_expr="lte", label="澄清不晚于")

    class Meta:
        model = Clarification
        fields = ()


class FalseAccusationFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "lead__number", "document_number"), label="编号、线索编号或文号")
    state = django_filters.ChoiceFilter(choices=FalseAccusation.State.choices, label="状态", empty_label=ANY)
    region = RegionFilter(field_name="region", label="地区")

    class Meta:
        model = FalseAccusation
        fields = ()
