"""One FilterSet for the page and the API."""

from datetime import timedelta
from typing import Any

import django_filters

from cases.models import (
    Axis,
    Batch,
    Category,
    Channel,
    Clarification,
    CloseKind,
    Dispatch,
    DispatchMode,
    FalseAccusation,
    IdentityRequest,
    IdentityStatus,
    Kind,
    Lead,
    LeadSubject,
    Method,
    OtherNumber,
    RequestState,
    SpecialMode,
    State,
    SuperiorReceipt,
)
from cases.querysets import ENDED
from cases.round_filter import RoundFilter
from cases.worklists import AGES, aged, open_on, within
from povertyaudit.core import few, moment, words
from povertyaudit.core.filters import DayFilter, RegionFilter, TermFilter, WithinFilter, WordsFilter
from povertyaudit.core.models import Area, Level, Post, Role, Unit, UnitKind
from povertyaudit.core.place_filters import AttributeFilter
from povertyaudit.core.render import SOON_DAYS

ANY = "不限"


class LeadWords(WordsFilter):
    """Every word occurs in number, title, or the name or unit of a person complained of. Never the complainant."""

    def filter(self, qs: Any, value: str) -> Any:
        for word in words.of(value or ""):
            person = LeadSubject.objects.filter(words.occurs(LeadSubject, word, ("name", "unit_text")))
            elsewhere = OtherNumber.objects.filter(words.occurs(OtherNumber, word, ("number",)))
            own = words.standing(Lead, word, ("number", "title"))
            qs = qs.filter(own | few.among(person, "lead_id") | few.among(elsewhere, "lead_id"))
        return qs


class LeadWithin(WithinFilter):
    """By the clocks themselves: the column `due_on` is computed, row by row."""

    def filter(self, qs: Any, value: str) -> Any:
        today = moment.today()
        if value == "overdue":
            return qs.overdue(today)
        days = {"today": 0, "week": SOON_DAYS}
        return qs.due_within(today, today + timedelta(days=days[value])) if value in days else qs


class PersonsTermFilter(TermFilter):
    """Leads in which a person is classed so himself, whatever the lead is."""

    def filter(self, qs: Any, value: str) -> Any:
        if not value:
            return qs
        persons = LeadSubject.objects.filter(**{f"{self.field_name}__code": value})
        return qs.filter(few.among(persons, "lead_id"))


class AreaFilter(django_filters.ModelChoiceFilter):
    """Rows whose region lies in the area; `none`: in no area of those one knows of."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            to_field_name="public_id",
            label="片区",
            empty_label=ANY,
            null_label="未划片区",
            null_value="none",
            **kwargs,
        )

    def filter(self, qs: Any, value: Any) -> Any:
        if value == self.null_value:
            return qs.exclude(
                within(list(Area.objects.visible_to(self.parent.request.user).prefetch_related("regions")))
            )
        return qs.filter(within([value])) if value else qs


class MeetingFilter(django_filters.FilterSet):
    """What the monthly meeting of an area goes through; without a day: today's."""

    area = AreaFilter(queryset=Area.objects.all())
    open_on = DayFilter(method="of_day", label="哪一天未办结")

    class Meta:
        model = Lead
        fields = ()

    def of_day(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset

    def filter_queryset(self, queryset: Any) -> Any:
        day = self.form.cleaned_data.get("open_on") or moment.today()
        return open_on(super().filter_queryset(queryset), day)


HANDLED = (("none", "尚未分办"), ("elsewhere", "外地部门承办"))


class LeadFilter(django_filters.FilterSet):
    q = LeadWords(fields=(), label="编号、摘要或被反映人")
    state = django_filters.ChoiceFilter(choices=State.choices, label="状态", empty_label=ANY)
    due = LeadWithin()
    region = RegionFilter(field_name="region", label="问题属地")
    attribute = AttributeFilter(field_name="region_id")
    channel = django_filters.ChoiceFilter(choices=Channel.choices, label="来源渠道", empty_label=ANY)
    source = WordsFilter(
        fields=(
            "intake__source_name", "intake__source_number", "intake__source_topic", "intake__source_place",
        ),
        label="来件单位、编号、轮次、批次或地点",
    )  # fmt: skip
    result_wanted = django_filters.BooleanFilter(field_name="intake__result_wanted", label="上级要结果")
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="类型", empty_label=ANY)
    category = TermFilter(terms=Category.objects.of_axis(Axis.CORRUPTION), label="问题类别")
    style = TermFilter(terms=Category.objects.of_axis(Axis.STYLE), label="作风问题")
    person_category = PersonsTermFilter(
        field_name="category", terms=Category.objects.of_axis(Axis.CORRUPTION), label="被反映人的问题类别"
    )
    person_style = PersonsTermFilter(
        field_name="style", terms=Category.objects.of_axis(Axis.STYLE), label="被反映人的作风问题"
    )
    identity_status = django_filters.ChoiceFilter(
        choices=IdentityStatus.choices, label="署名情况", empty_label=ANY
    )
    dispatch_mode = django_filters.ChoiceFilter(
        choices=DispatchMode.choices, label="办理方式", empty_label=ANY
    )
    method = django_filters.ChoiceFilter(choices=Method.choices, label="处置方式", empty_label=ANY)
    handling_unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.filter(kind__in=(UnitKind.ROOM, UnitKind.PATROL_OFFICE)),
        to_field_name="public_id", label="承办部门", empty_label=ANY,
    )  # fmt: skip
    handled = django_filters.ChoiceFilter(
        choices=HANDLED, method="by_handling", label="分办情况", empty_label=ANY
    )
    counted = django_filters.ChoiceFilter(
        choices=(("yes", "只看线索（不含咨询、建议）"),),
        method="only_leads",
        label="计入统计的",
        empty_label=ANY,
    )
    age = django_filters.ChoiceFilter(
        choices=[(band.key, band.label) for band in AGES],
        method="of_age",
        label="未办结天数",
        empty_label=ANY,
    )
    area = AreaFilter(queryset=Area.objects.all())
    region_level = django_filters.ChoiceFilter(
        field_name="region__level", choices=Level.choices, label="属地层级", empty_label=ANY
    )
    special = django_filters.ChoiceFilter(
        choices=SpecialMode.choices, method="of_special", label="特殊办理方式", empty_label=ANY
    )
    batch = django_filters.ModelChoiceFilter(
        queryset=Batch.objects.order_by("-received_on", "-id"), to_field_name="public_id", label="交办批次",
        empty_label=ANY,
    )  # fmt: skip
    round = RoundFilter("pk")
    progress = django_filters.ChoiceFilter(
        choices=(("open", "未办结"), ("ended", "已办结、转出、合并或退回")), method="of_progress", label="办理进度",
        empty_label=ANY,
    )  # fmt: skip
    close_kind = django_filters.ChoiceFilter(choices=CloseKind.choices, label="办结方式", empty_label=ANY)
    by_petition = django_filters.BooleanFilter(method="of_desks", label="信访部门登记的")
    clarified = django_filters.ChoiceFilter(
        choices=(("done", "已澄清"), ("under_way", "待澄清")),
        method="by_clarification",
        label="澄清",
        empty_label=ANY,
    )
    false_accusation = django_filters.ChoiceFilter(
        choices=(("confirmed", "上级已认定"),), method="by_mark", label="诬告陷害", empty_label=ANY
    )
    ever_late = django_filters.BooleanFilter(method="late", label="曾超期")
    standing = django_filters.BooleanFilter(method="that_stand", label="没有作废的")
    styled = django_filters.BooleanFilter(
        field_name="style", lookup_expr="isnull", exclude=True, label="有作风问题分类"
    )
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="受理不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="受理不晚于")
    dispatched_from = DayFilter(field_name="dispatched_on", lookup_expr="gte", label="分办不早于")
    dispatched_to = DayFilter(field_name="dispatched_on", lookup_expr="lte", label="分办不晚于")
    filed_from = DayFilter(field_name="filed_on", lookup_expr="gte", label="立案不早于")
    filed_to = DayFilter(field_name="filed_on", lookup_expr="lte", label="立案不晚于")
    concluded_from = DayFilter(field_name="concluded_on", lookup_expr="gte", label="办结不早于")
    concluded_to = DayFilter(field_name="concluded_on", lookup_expr="lte", label="办结不晚于")

    def of_special(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(
            pk__in=Dispatch.objects.filter(handed_back_at=None, special_mode=value).values("lead")
        )

    def of_progress(self, rows: Any, name: str, value: str) -> Any:
        return rows.open() if value == "open" else rows.filter(state__in=ENDED)

    def late(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.ever_late(value)

    class Meta:
        model = Lead
        fields = ()

    def by_clarification(self, rows: Any, name: str, value: str) -> Any:
        seen = Clarification.objects.visible_to(self.request.user)
        found = seen.filter(state="done") if value == "done" else seen.under_way()
        return rows.filter(pk__in=found.values("lead"))

    def by_mark(self, rows: Any, name: str, value: str) -> Any:
        """Only what a higher body found, and only for those who may know of it beside a lead."""
        found = FalseAccusation.objects.beside_leads(self.request.user).confirmed()
        return rows.filter(pk__in=found.values("lead"))

    def of_desks(self, rows: Any, name: str, value: bool) -> Any:
        """Registered by a petition office, or by anybody else."""
        desks = Post.objects.filter(role=Role.PETITION).values("unit")
        return rows.filter(registering_unit__in=desks) if value else rows.exclude(registering_unit__in=desks)

    def that_stand(self, rows: Any, name: str, value: bool) -> Any:
        return rows.exclude(state=State.VOIDED) if value else rows.filter(state=State.VOIDED)

    def only_leads(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.counted()

    def of_age(self, queryset: Any, name: str, value: str) -> Any:
        return aged(queryset, value)

    def by_handling(self, queryset: Any, name: str, value: str) -> Any:
        """Not dispatched yet, or with an office this person has no other dealings with."""
        if value == "none":
            return queryset.filter(handling_unit=None)
        known = Unit.objects.visible_to(self.request.user)
        return queryset.exclude(handling_unit=None).exclude(handling_unit__in=known)


class SuperiorReceiptFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "superior_receipt"), label="编号或回执号")
    state = django_filters.ChoiceFilter(choices=SuperiorReceipt.State.choices, label="状态", empty_label=ANY)
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="收到不早于")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="收到不晚于")

    class Meta:
        model = SuperiorReceipt
        fields = ()


class IdentityRequestFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("lead__number",), label="线索编号")
    state = django_filters.ChoiceFilter(choices=RequestState.choices, label="状态", empty_label=ANY)

    class Meta:
        model = IdentityRequest
        fields = ()
