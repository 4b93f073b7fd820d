"""One FilterSet per list, for the page and the API."""

from typing import Any

import django_filters

from inspections.models import Round
from povertyaudit.core import moment
from povertyaudit.core.filters import DayFilter, RegionFilter, WordsFilter
from povertyaudit.core.forms import UnitField
from povertyaudit.core.models import Unit
from povertyaudit.core.place_filters import AttributeFilter
from rectification.board_filters import BoardFilters
from rectification.escalation_lists import PRESSED_CHOICES, narrow
from rectification.models import (
    UNCOUNTED,
    Completion,
    Item,
    Measure,
    MeasureState,
    Source,
    SourcePaper,
    State,
)

EXTENSIONS = (("any", "申请过延期"), ("pending", "申请延期待批"), ("granted", "延过期"))
LIGHTS = (("overdue", "已超期"), ("soon", "7 天内到期"), ("late", "逾期销号"))


class UnitFilter(django_filters.Filter):
    """A unit by its name or id."""

    field_class = UnitField


class PaperField(django_filters.fields.ModelChoiceField):
    """Papers by their title: nobody knows them by number."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title[:30]}（{obj.number}）"


class PaperFilter(django_filters.ModelChoiceFilter):
    field_class = PaperField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=SourcePaper.objects.standing(), to_field_name="public_id", label="反馈文件", empty_label="不限",
            **kwargs,
        )  # fmt: skip


class ItemFilter(BoardFilters):
    q = WordsFilter(
        fields=("number", "problem_class", "aspect", "problem", "responsible_person"),
        label="编号、问题或责任人",
    )
    state = django_filters.ChoiceFilter(choices=State.choices, label="状态", empty_label="不限")
    light = django_filters.ChoiceFilter(choices=LIGHTS, method="by_light", label="期限", empty_label="不限")
    region = RegionFilter(field_name="region", label="地区")
    attribute = AttributeFilter(field_name="region_id")
    source = django_filters.ChoiceFilter(choices=Source.choices, label="问题来源", empty_label="不限")
    round = django_filters.ModelChoiceFilter(
        field_name="finding__round",
        queryset=Round.objects.all(),
        to_field_name="public_id",
        label="巡察轮次",
        empty_label="不限",
    )
    paper = PaperFilter()
    completion = django_filters.ChoiceFilter(choices=Completion.choices, label="完成情况", empty_label="不限")
    problem_class = django_filters.CharFilter(lookup_expr="exact", max_length=100, label="大类")
    unit = UnitFilter(queryset=Unit.objects.all(), method="by_unit", label="责任单位")
    lead_unit = UnitFilter(queryset=Unit.objects.all(), label="牵头单位")
    issued_from = DayFilter(field_name="issued_on", lookup_expr="gte", label="下发不早于")
    issued_to = DayFilter(field_name="issued_on", lookup_expr="lte", label="下发不晚于")
    due_from = DayFilter(field_name="due_on", lookup_expr="gte", label="时限不早于")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte", label="时限不晚于")
    closed_from = DayFilter(field_name="closed_on", lookup_expr="gte", label="销号不早于")
    closed_to = DayFilter(field_name="closed_on", lookup_expr="lte", label="销号不晚于")
    extension = django_filters.ChoiceFilter(
        choices=EXTENSIONS, method="by_extension", label="延期", empty_label="不限"
    )
    reopened = django_filters.BooleanFilter(method="was_reopened", label="重新打开过")
    pressed = django_filters.ChoiceFilter(
        choices=PRESSED_CHOICES, method="by_pressed", label="督办", empty_label="不限"
    )
    relapsed = django_filters.BooleanFilter(method="by_relapsed", label="反弹")
    mine = django_filters.BooleanFilter(method="by_mine", label="待我办理")

    class Meta:
        model = Item
        fields = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """Items that were split, merged or voided are listed where somebody asks for them: nothing is counted twice."""
        said = self.form.cleaned_data
        if said.get("state") in UNCOUNTED:
            return super().filter_queryset(queryset)
        # As of a day past, those not yet split count.
        return super().filter_queryset(queryset.not_voided() if said.get("as_of") else queryset.standing())

    def by_light(self, rows: Any, name: str, value: str) -> Any:
        """已超期, 将到期, or ever closed after the date: a second closing in time does not wipe out the first."""
        today = moment.today()
        if value == "overdue":
            return rows.overdue(today)
        return rows.due_soon(today) if value == "soon" else rows.ever_late()

    def by_unit(self, rows: Any, name: str, value: Unit) -> Any:
        return rows.filter(pk__in=Item.objects.filter(units__unit=value).values("pk"))

    def by_extension(self, rows: Any, name: str, value: str) -> Any:
        return rows.extension("" if value == "any" else value)

    def was_reopened(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(reopened_count__gt=0) if value else rows.filter(reopened_count=0)

    def by_pressed(self, rows: Any, name: str, value: str) -> Any:
        return narrow(rows, value, self.request.user)

    def by_relapsed(self, rows: Any, name: str, value: bool) -> Any:
        return rows.relapsed() if value else rows.exclude(pk__in=rows.relapsed().values("pk"))

    def by_mine(self, rows: Any, name: str, value: bool) -> Any:
        return rows.waiting_for(self.request.user) if value else rows


class MeasureFilter(django_filters.FilterSet):
    q = WordsFilter(fields=("item__number", "text"), label="事项编号或措施")
    item = django_filters.ModelChoiceFilter(
        queryset=Item.objects.all(), to_field_name="public_id", label="整改事项"
    )
    round = django_filters.ModelChoiceFilter(
        field_name="item__finding__round", queryset=Round.objects.all(), to_field_name="public_id", label="巡察轮次",
        empty_label="不限",
    )  # fmt: skip
    paper = PaperFilter(field_name="item__paper")
    unit = UnitFilter(queryset=Unit.objects.all(), method="by_unit", label="责任单位")
    region = RegionFilter(field_name="item__region", label="地区")
    state = django_filters.ChoiceFilter(choices=MeasureState.choices, label="落实情况", empty_label="不限")
    light = django_filters.ChoiceFilter(
        choices=LIGHTS[:1], method="by_light", label="期限", empty_label="不限"
    )
    due_from = DayFilter(field_name="due_on", lookup_expr="gte", label="时限不早于")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte", label="时限不晚于")

    class Meta:
        model = Measure
        fields = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """Measures of an item that was split or merged are listed for that item; otherwise where they go on."""
        return super().filter_queryset(
            queryset if self.form.cleaned_data.get("item") else queryset.standing()
        )

    def by_unit(self, rows: Any, name: str, value: Unit) -> Any:
        return rows.of_unit(value)

    def by_light(self, rows: Any, name: str, value: str) -> Any:
        return rows.to_do(moment.today())


class MeasureListFilter(MeasureFilter):
    """For pages: a choice of one item among a hundred thousand is none; its number is found by `q`."""

    item = None
