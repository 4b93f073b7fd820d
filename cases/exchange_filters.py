"""One FilterSet per book of the registry, for the page and the API."""

from typing import Any

import django_filters
from django.db.models import Q

from cases.models import (
    Batch,
    Handover,
    HandoverRow,
    Lead,
    Meeting,
    PartnerBody,
    PartnerReport,
    Resolution,
    Standing,
)
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.filters import DayFilter, TermFilter, WithinFilter, WordsFilter

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


class HandoverFilter(django_filters.FilterSet):
    q = WordsFilter(
        fields=("number", "their_number", "document", "receipt_number", "unit__name"),
        label="编号、文件或对方单位",
    )
    direction = django_filters.ChoiceFilter(choices=Handover.Direction.choices, label="方向", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=Handover.State.choices, label="状态", empty_label=ANY)
    body = TermFilter(terms=PartnerBody.objects.all(), label="对方机关类别")
    due = WithinFilter(field_name="due_on")
    handed_from = DayFilter(field_name="handed_on", lookup_expr="gte", label="移送不早于")
    handed_to = DayFilter(field_name="handed_on", lookup_expr="lte", label="移送不晚于")

    class Meta:
        model = Handover
        fields = ()


class RowWords(WordsFilter):
    """Every word occurs in number, paper or title; in the title of a lead only for those who may know of the lead."""

    def filter(self, qs: Any, value: str) -> Any:
        seen = Lead.objects.visible_to(self.parent.request.user)
        for word in to_halfwidth(value or "").split():
            named = Q(handover__number__icontains=word) | Q(handover__document__icontains=word)
            own = Q(lead=None, title__icontains=word)
            qs = qs.filter(named | own | Q(lead__in=seen.filter(title__icontains=word)))
        return qs


class HandoverRowFilter(django_filters.FilterSet):
    q = RowWords(fields=(), label="移送编号、文件或摘要")
    direction = django_filters.ChoiceFilter(
        field_name="handover__direction", choices=Handover.Direction.choices, label="方向", empty_label=ANY
    )
    standing = django_filters.MultipleChoiceFilter(choices=Standing.choices, label="核对情况")
    body = TermFilter(field_name="handover__body", terms=PartnerBody.objects.all(), label="对方机关类别")
    handed_from = DayFilter(field_name="handover__handed_on", lookup_expr="gte", label="移送不早于")
    handed_to = DayFilter(field_name="handover__handed_on", lookup_expr="lte", label="移送不晚于")

    answered_from = DayFilter(field_name="handover__answered_on", lookup_expr="gte", label="反馈不早于")
    answered_to = DayFilter(field_name="handover__answered_on", lookup_expr="lte", label="反馈不晚于")
    unanswered_on = DayFilter(method="left_on", label="哪一天还没有反馈")

    class Meta:
        model = HandoverRow
        fields = ()

    def left_on(self, rows: Any, name: str, day: Any) -> Any:
        """Handed over by that day, and neither answered nor returned by its end."""
        open_then = Q(handover__answered_on=None) | Q(handover__answered_on__gt=day)
        kept = Q(handover__returned_on=None) | Q(handover__returned_on__gt=day)
        return rows.filter(open_then, kept, handover__handed_on__lte=day)


class PartnerReportFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "unit__name"), label="编号或单位")
    body = TermFilter(terms=PartnerBody.objects.all(), label="部门类别")
    last_from = DayFilter(field_name="last_day", lookup_expr="gte", label="截止不早于")
    last_to = DayFilter(field_name="last_day", lookup_expr="lte", label="截止不晚于")

    class Meta:
        model = PartnerReport
        fields = ()


class TallyFilter(django_filters.FilterSet):
    """The period of the tally; the bodies with something in it, or all of them."""

    handed_from = DayFilter(method="as_it_is", label="移送不早于")
    handed_to = DayFilter(method="as_it_is", label="移送不晚于")

    bodies = django_filters.ChoiceFilter(
        choices=(("all", "全部机关"),), method="as_it_is", label="显示", empty_label="有移送的机关"
    )

    class Meta:
        model = PartnerBody
        fields = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """A body nothing passed to or from says nothing: it is there on request."""
        said = self.form.cleaned_data
        if said.get("bodies") == "all":
            return queryset
        rows = HandoverRow.objects.visible_to(self.request.user)
        if said.get("handed_from"):
            rows = rows.filter(handover__handed_on__gte=said["handed_from"])
        if said.get("handed_to"):
            rows = rows.filter(handover__handed_on__lte=said["handed_to"])
        return queryset.filter(code__in=rows.values("handover__body__code"))

    def as_it_is(self, rows: Any, name: str, value: Any) -> Any:
        return rows


class MeetingFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title", "chair"), label="编号、名称或主持人")
    state = django_filters.ChoiceFilter(choices=Meeting.State.choices, label="状态", empty_label=ANY)
    held_from = DayFilter(field_name="held_on", lookup_expr="gte", label="召开不早于")
    held_to = DayFilter(field_name="held_on", lookup_expr="lte", label="召开不晚于")

    class Meta:
        model = Meeting
        fields = ()


class ResolutionFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "text", "unit__name"), label="编号、事项或责任单位")
    state = django_filters.ChoiceFilter(choices=Resolution.State.choices, label="状态", empty_label=ANY)
    due = WithinFilter(field_name="due_on")
    meeting = django_filters.ModelChoiceFilter(
        queryset=Meeting.objects.order_by("-held_on", "-id"),
        to_field_name="public_id",
        label="会议",
        empty_label=ANY,
    )

    class Meta:
        model = Resolution
        fields = ()
