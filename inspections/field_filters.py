"""One FilterSet per list of field work, for the page and the API."""

from typing import Any

import django_filters
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from inspections.field_querysets import STILL_COUNT
from inspections.models import PlanMember, Round, Visit, VisitPlan, Worksheet, WorksheetSignature
from povertyaudit.core.filters import AccountChoiceFilter, DayFilter, RegionFilter, WordsFilter
from povertyaudit.core.models import User


def rounds() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        queryset=Round.objects.all(), to_field_name="public_id", label="所属轮次", empty_label="不限"
    )


def plans() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        queryset=VisitPlan.objects.all(), to_field_name="public_id", label="走访计划", empty_label="不限"
    )


class PlanFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "title"), label="编号或名称")
    state = django_filters.ChoiceFilter(choices=VisitPlan.State.choices, label="状态", empty_label="不限")
    kind = django_filters.ChoiceFilter(choices=VisitPlan.Kind.choices, label="走访方式", empty_label="不限")
    region = RegionFilter(field_name="region", label="地区")
    round = rounds()
    member = AccountChoiceFilter(label="走访人员", method="with_member")
    finished_from = DayFilter(field_name="finished_on", lookup_expr="gte", label="结束不早于")
    finished_to = DayFilter(field_name="finished_on", lookup_expr="lte", label="结束不晚于")

    class Meta:
        model = VisitPlan
        fields = ()

    def with_member(self, rows: Any, _name: str, user: User | None) -> Any:
        """Plans this person, by whichever account, goes or went out on."""
        if user is None:
            return rows
        named = PlanMember.objects.filter(user__person_id=user.person_id)
        return rows.filter(pk__in=named.values("plan_id"))


class VisitFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "place_text", "talked_to", "notes"), label="编号或内容")
    state = django_filters.ChoiceFilter(choices=Visit.State.choices, label="状态", empty_label="不限")
    kind = django_filters.ChoiceFilter(choices=Visit.Kind.choices, label="走访方式", empty_label="不限")
    region = RegionFilter(field_name="region", label="地区")
    plan = plans()
    round = rounds()
    visited_from = DayFilter(field_name="visited_on", lookup_expr="gte", label="走访不早于")
    visited_to = DayFilter(field_name="visited_on", lookup_expr="lte", label="走访不晚于")
    doubtful = django_filters.ChoiceFilter(
        choices=(("yes", "有疑点，登记人已核对"), ("no", "没有疑点")), label="定位和照片", empty_label="不限",
        method="with_doubts",
    )  # fmt: skip

    class Meta:
        model = Visit
        fields = ()

    def with_doubts(self, rows: Any, _name: str, value: str) -> Any:
        """Visits whose place or photos looked odd, and whoever recorded them said that they are right."""
        return rows.exclude(doubts="") if value == "yes" else rows.filter(doubts="")


class WorksheetFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("number", "problem_class", "aspect", "text"), label="编号或内容")
    state = django_filters.ChoiceFilter(choices=Worksheet.State.choices, label="状态", empty_label="不限")
    signed = django_filters.ChoiceFilter(
        choices=(("yes", "两人已签字"), ("no", "签字不全")),
        label="签字",
        empty_label="不限",
        method="with_signatures",
    )
    left = django_filters.ChoiceFilter(
        choices=(("yes", "结束时没有登记的"), ("no", "还可以登记的")), label="轮次结束", empty_label="不限",
        method="left_behind",
    )  # fmt: skip
    plan = plans()
    round = rounds()
    region = RegionFilter(field_name="region", label="地区")
    found_from = DayFilter(field_name="found_on", lookup_expr="gte", label="发现不早于")
    found_to = DayFilter(field_name="found_on", lookup_expr="lte", label="发现不晚于")

    class Meta:
        model = Worksheet
        fields = ()

    def with_signatures(self, rows: Any, _name: str, value: str) -> Any:
        """Sheets that two persons have signed as they are, or those that still wait."""
        standing = WorksheetSignature.objects.filter(worksheet=OuterRef("pk"), voided_at=None).order_by()
        counted = standing.values("worksheet").annotate(n=Count("pk")).values("n")
        rows = rows.annotate(standing=Coalesce(Subquery(counted), 0))
        whole = {"yes": {"standing__gte": Worksheet.SIGNERS}, "no": {"standing__lt": Worksheet.SIGNERS}}
        return rows.filter(**whole.get(value, {}))

    def left_behind(self, rows: Any, _name: str, value: str) -> Any:
        """Open sheets whose round was finished without them: only to be discarded; or those that may become findings."""
        open_ones = rows.filter(state=Worksheet.State.OPEN)
        return open_ones.exclude(STILL_COUNT) if value == "yes" else open_ones.filter(STILL_COUNT)
