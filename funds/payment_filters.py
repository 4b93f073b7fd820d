"""Filters of payments, for the page and the API."""

import django_filters

from funds.models import Payment, PayStage, Project, ProjectKind
from povertyaudit.core.filters import DayFilter, RecordFilter, RegionFilter, TermFilter, WordsBesideFilter


class PaymentFilter(django_filters.FilterSet):
    q = WordsBesideFilter(
        fields=("number", "payee", "voucher_no"),
        beside={"project": ("number", "title")},
        label="编号、项目、收款单位或凭证号",
    )
    state = django_filters.ChoiceFilter(choices=Payment.State.choices, label="状态", empty_label="不限")
    stage = django_filters.ChoiceFilter(choices=PayStage.choices, label="款项", empty_label="不限")
    kind = TermFilter(terms=ProjectKind.objects.all(), field_name="project__kind", label="项目类别")
    project = RecordFilter(queryset=Project.objects.all(), label="项目（编号）")
    region = RegionFilter(field_name="region", label="地区")
    paid_from = DayFilter(field_name="paid_on", lookup_expr="gte", label="拨付不早于")
    paid_to = DayFilter(field_name="paid_on", lookup_expr="lte", label="拨付不晚于")

    class Meta:
        model = Payment
        fields = ()
